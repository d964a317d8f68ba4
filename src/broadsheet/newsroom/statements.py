"""What the paper tells programs and those who find holes: robots.txt, security.txt, humans.txt, llms.txt."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Site

from .addresses import absolute
from .masthead import masthead
from .models import Newspaper
from .models.settings import Crawlers

# Those that say they gather texts to train models, by the names in their operators' documentation.
TRAINING = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
)
# Those that fetch pages to answer a question of one of their users.
ANSWERING = (
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "DuckAssistBot",
    "MistralAI-User",
    "OAI-SearchBot",
    "Perplexity-User",
    "PerplexityBot",
)
PRIVATE = ("/editor/", "/comments/", "/search/", "/drafts/", "/contribute/*/")


def robots(request: HttpRequest) -> HttpResponse:
    """https://www.rfc-editor.org/rfc/rfc9309"""
    refused = {
        Crawlers.ALL: (),
        Crawlers.NO_TRAINING: TRAINING,
        Crawlers.NONE: (*TRAINING, *ANSWERING),
    }[Crawlers(_newspaper(request).crawlers)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]
    if refused:
        lines += [*(f"User-agent: {name}" for name in refused), "Disallow: /", ""]
    return _text([*lines, f"Sitemap: {absolute('/sitemap.xml')}"])


def security(request: HttpRequest) -> HttpResponse:
    """https://www.rfc-editor.org/rfc/rfc9116: whom to tell of a hole. Not found without an address to name."""
    newspaper = _newspaper(request)
    if not newspaper.contact:
        raise Http404
    next_year = timezone.now().year + 1  # noqa: TID251, the edge: a page is printed
    return _text(
        [
            f"Contact: mailto:{newspaper.contact}",
            f"Expires: {next_year}-12-31T23:59:59Z",
            f"Preferred-Languages: {newspaper.language}",
            f"Canonical: {absolute('/.well-known/security.txt')}",
        ]
    )


def humans(request: HttpRequest) -> HttpResponse:
    """https://humanstxt.org: who makes this."""
    newspaper = _newspaper(request)
    lines = ["/* TEAM */", newspaper.name, absolute("/contributors/")]
    lines += [newspaper.contact] if newspaper.contact else []
    return _text(
        [*lines, "", "/* SITE */", f"Language: {newspaper.language}", "Software: Broadsheet"]
    )


def llms(request: HttpRequest) -> HttpResponse:
    """https://llmstxt.org: a summary in Markdown for language models, unless the paper wants none of them."""
    newspaper = _newspaper(request)
    if newspaper.crawlers == Crawlers.NONE:
        raise Http404
    return _text(_llms(request, newspaper))


def _llms(request: HttpRequest, newspaper: Newspaper) -> Iterator[str]:
    yield f"# {_line(newspaper.name)}"
    if newspaper.description or newspaper.motto:
        yield f"\n> {_line(newspaper.description or newspaper.motto)}"
    if newspaper.crawlers == Crawlers.NO_TRAINING:
        yield "\nYou may quote with a link to the article. You may not train models on these texts."
    paper = masthead(newspaper.site, request)
    for title, entries in (("Sections", paper.sections), ("Pages", paper.pages)):
        if entries:
            yield f"\n## {title}\n"
            yield from (f"- [{_line(entry.title)}]({absolute(entry.url)})" for entry in entries)
    yield "\n## Feeds\n"
    for title, path in (
        ("Newest articles", "/feed.json"),
        ("Corrections", "/corrections/feed.json"),
        ("All pages", "/sitemap.xml"),
    ):
        yield f"- [{title}]({absolute(path)})"


def _line(text: str) -> str:
    return " ".join(text.split())


def _newspaper(request: HttpRequest) -> Newspaper:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    newspaper: Newspaper = Newspaper.for_site(site)
    return newspaper


def _text(lines: "Iterator[str] | list[str]") -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
