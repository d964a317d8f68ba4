"""PyPI `akismet`, by an httpx transport that rewrites the address: `<base> <key> <blog>`."""

import sys

import httpx
from here import answer

import akismet

base, key, blog = sys.argv[1:]


class Here(httpx.HTTPTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        here = httpx.URL(base)
        request.url = request.url.copy_with(scheme=here.scheme, host=here.host, port=here.port)
        request.headers["Host"] = here.netloc.decode()
        return super().handle_request(request)


http_client = httpx.Client(
    transport=Here(), headers={"User-Agent": akismet.USER_AGENT}, timeout=1.0
)
client = akismet.SyncClient(config=akismet.Config(key=key, url=blog), http_client=http_client)
WORDS = {akismet.CheckResponse.HAM: "ham", akismet.CheckResponse.SPAM: "spam"}
VISITOR = {"user_ip": "192.0.2.7", "user_agent": "Firefox", "blog_charset": "UTF-8"}

answer(
    {
        "verify": client.verify_key,
        "check": lambda text, author="Nadia": WORDS.get(
            client.comment_check(
                **VISITOR, comment_content=text, comment_author=author, comment_type="comment"
            ),
            "discard",
        ),
        "spam": lambda text: client.submit_spam(**VISITOR, comment_content=text),
        "ham": lambda text: client.submit_ham(**VISITOR, comment_content=text),
        "usage": client.usage_limit,
        "sites": client.key_sites,
    }
)
