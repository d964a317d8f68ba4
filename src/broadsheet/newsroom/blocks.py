"""The blocks of an article's body, shown in the editor as they print."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .cleaning import clean_html
from .examples import Shown, ShownWithPhotos

INLINE = ["bold", "italic", "link", "superscript", "subscript", "strikethrough", "code"]


class Heading(Shown, blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=200)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Large")), ("3", _("Medium")), ("4", _("Small"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "newsroom/blocks/heading.html"


class PhotoFigure(ShownWithPhotos, blocks.StructBlock):
    photo = ImageChooserBlock(label=_("Photo"))
    caption = blocks.CharBlock(
        label=_("Caption"), required=False, help_text=_("Instead of the photo's own.")
    )
    width = blocks.ChoiceBlock(
        choices=[
            ("column", _("As wide as the text")),
            ("wide", _("Wider")),
            ("full", _("The whole page")),
        ],
        default="column",
        label=_("Width"),
    )

    def get_preview_value(self) -> Any:
        photos = self.newest(self.child_blocks["photo"])
        return self.normalize({"photo": next(iter(photos), None), "caption": "", "width": "column"})

    class Meta:
        icon = "image"
        label = _("Photo")
        template = "newsroom/blocks/photo.html"


class GalleryPhoto(blocks.StructBlock):
    photo = ImageChooserBlock(label=_("Photo"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)


class Gallery(ShownWithPhotos, blocks.StructBlock):
    photos = blocks.ListBlock(GalleryPhoto(), label=_("Photos"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    def get_preview_value(self) -> Any:
        chooser = self.child_blocks["photos"].child_block.child_blocks["photo"]
        photos = [{"photo": photo, "caption": ""} for photo in self.newest(chooser)]
        return self.normalize({"photos": photos, "caption": ""})

    class Meta:
        icon = "grip"
        label = _("Gallery")
        template = "newsroom/blocks/gallery.html"


class Quotation(Shown, blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE)
    source = blocks.CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "newsroom/blocks/quote.html"


class PullQuote(Shown, blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        template = "newsroom/blocks/pullquote.html"


class Code(Shown, blocks.StructBlock):
    language = blocks.CharBlock(label=_("Language"), required=False)
    code = blocks.TextBlock(label=_("Code"))

    class Meta:
        icon = "code"
        label = _("Code")
        template = "newsroom/blocks/code.html"


class Embed(Shown, blocks.StructBlock):
    """A link shown as a card: nothing is requested from the third party before the reader clicks."""

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("Title"), required=False)

    class Meta:
        icon = "media"
        label = _("Embed")
        template = "newsroom/blocks/embed.html"


class File(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "newsroom/blocks/file.html"


class Aside(Shown, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=[*INLINE, "ol", "ul"])

    class Meta:
        icon = "info-circle"
        label = _("Aside")
        template = "newsroom/blocks/aside.html"


class Event(blocks.StructBlock):
    """One entry of a timeline."""

    when = blocks.CharBlock(label=_("When"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE)


class Timeline(Shown, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    events = blocks.ListBlock(Event(), label=_("Events"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "newsroom/blocks/timeline.html"


class Exchange(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.TextBlock(label=_("Question"))
    answer = blocks.RichTextBlock(label=_("Answer"), features=[*INLINE, "ol", "ul"])


class Interview(Shown, blocks.StructBlock):
    exchanges = blocks.ListBlock(Exchange(), label=_("Questions and answers"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "newsroom/blocks/interview.html"


class Table(Shown, TableBlock):
    class Meta:
        label = _("Table")
        template = "newsroom/blocks/table.html"


class Verse(Shown, blocks.TextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Verse")
        template = "newsroom/blocks/verse.html"


class Divider(Shown, blocks.StaticBlock):
    class Meta:
        icon = "horizontalrule"
        label = _("Divider")
        admin_text = _("A line between two parts.")
        template = "newsroom/blocks/divider.html"


class Markup(blocks.RawHTMLBlock):
    """HTML that came with an import and fits no other block; cleaned whenever it is saved."""

    def value_from_form(self, value: str) -> str:
        return clean_html(super().value_from_form(value))

    class Meta:
        icon = "code"
        label = _("HTML")
        template = "newsroom/blocks/markup.html"


class Body(blocks.StreamBlock):
    """What an article's body may hold."""

    paragraph = blocks.RichTextBlock(
        features=[*INLINE, "ol", "ul"], label=_("Paragraphs"), icon="pilcrow"
    )
    heading = Heading()
    photo = PhotoFigure()
    gallery = Gallery()
    quote = Quotation()
    pullquote = PullQuote()
    table = Table()
    code = Code()
    verse = Verse()
    embed = Embed()
    file = File()
    aside = Aside()
    timeline = Timeline()
    interview = Interview()
    divider = Divider()
    markup = Markup()
