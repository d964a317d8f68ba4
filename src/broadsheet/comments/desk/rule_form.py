"""The form for a rule: who does not work for all newspapers writes rules of their own alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.comments.offices import own_papers, works_everywhere


class RuleForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("site")
        if field is not None and works_everywhere():
            field.empty_label = _("All newspapers")
        elif field is not None:
            field.queryset = own_papers()
            field.required, field.empty_label = True, None
            field.help_text = ""
