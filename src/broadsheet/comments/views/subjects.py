"""Everything of one author: asked for by e-mail address, opened by the link that was mailed there."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.comments import subjects
from broadsheet.comments.forms import SubjectForm

from .requests import from_our_pages, now, private, refusal


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A form for the address. The answer is the same whether anything was written with it or not."""
    if request.method == "POST":
        return _send(request)
    return render(request, "comments/data.html", {"form": SubjectForm()})


ask.csrf_exempt = True  # type: ignore[attr-defined]  # the sending checks where the form came from


@from_our_pages
def _send(request: HttpRequest) -> HttpResponse:
    form = SubjectForm(request.POST)
    if not form.is_valid():
        return render(request, "comments/data.html", {"form": form}, status=422)
    subjects.ask(form.cleaned_data["email"], now=now())
    return render(request, "comments/data.html", {"is_sent": True})


def with_subject(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the key and the author whom it stands for; 404 for a key that opens nothing (any more)."""

    @wraps(view)
    def found(request: HttpRequest, key: str) -> HttpResponse:
        email_hash = subjects.find(key)
        if email_hash is None:
            raise Http404
        return private(view(request, key, email_hash))

    return found


@require_safe
@with_subject
def subject(request: HttpRequest, key: str, email_hash: str) -> HttpResponse:
    """All comments of the author."""
    return _page(request, key, email_hash)


@require_safe
@with_subject
def export(_request: HttpRequest, _key: str, email_hash: str) -> HttpResponse:
    """Everything that is stored of the author, as JSON."""
    shown = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(subjects.export(email_hash), safe=False, json_dumps_params=shown)
    response["Content-Disposition"] = 'attachment; filename="comments.json"'
    return response


@from_our_pages
@with_subject
def erase(request: HttpRequest, key: str, email_hash: str) -> HttpResponse:
    """Everything that the author left behind goes."""
    if "sure" not in request.POST:
        return _page(request, key, email_hash, status=422)
    subjects.erase(email_hash, now=now())
    return refusal(request, _("It is erased."), status=200)


def _page(request: HttpRequest, key: str, email_hash: str, *, status: int = 200) -> HttpResponse:
    context = {"comments": subjects.comments(email_hash), "key": key}
    return render(request, "comments/subject.html", context, status=status)
