"""What granian serves: the spam service and printed pages from memory, and Django behind them."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.web.settings")
_wsgi = get_wsgi_application()

from django.conf import settings  # noqa: E402, after Django has read its settings
from django.db import connection  # noqa: E402
from wagtail.models import Site  # noqa: E402

from broadsheet.akismet.rsgi import in_front_of  # noqa: E402
from broadsheet.press.documents import Keeping, PrintedPages  # noqa: E402
from broadsheet.press.environ import client_of  # noqa: E402
from broadsheet.press.hosts import Hosts  # noqa: E402
from broadsheet.press.policy import page_caching  # noqa: E402
from broadsheet.press.rsgi import Scope  # noqa: E402
from broadsheet.press.server import make_application  # noqa: E402
from broadsheet.press.store import PageStore  # noqa: E402

from .posting import Posting  # noqa: E402
from .seeing.front import Door, Seen  # noqa: E402
from .seeing.node import this_node  # noqa: E402

_pages = settings.CONFIGURATION.pages
if settings.SPAM_SERVICE_ALONE:
    _pages = _pages.with_name("no-pages")
_cdn = settings.CONFIGURATION.cdn
_trusted_proxies = settings.CONFIGURATION.trusted_proxies
_paper = make_application(
    hosts=Hosts(
        PrintedPages(PageStore(_pages), Keeping(page_caching(_cdn.keep), keys=_cdn.keys.lower())),
        changed=Site.clear_site_root_paths_cache,
    ),
    wsgi=_wsgi,
    static_root=settings.STATIC_ROOT,
    media_root=settings.MEDIA_ROOT,
    trusted_proxies=_trusted_proxies,
)


def _client_address(scope: Scope) -> str:
    return client_of(scope, _trusted_proxies).address


this_node.serve(from_memory=_paper.from_memory, room=lambda: _paper.room)
application = Seen(
    in_front_of(
        _paper if settings.SPAM_SERVICE_ALONE else Posting(_paper, client_address=_client_address),
        client_address=_client_address,
    ),
    node=this_node,
    door=Door(
        networks=settings.CONFIGURATION.metrics_networks,
        token=settings.CONFIGURATION.metrics_token,
        trusted_proxies=_trusted_proxies,
    ),
    folder=settings.CONFIGURATION.folder,
)
connection.close()  # a process that is forked off has its own
gc.set_threshold(10_000, 20, 20)  # one for each 700 new objects takes a twelfth of a comment's time
gc.collect()
gc.freeze()  # what is loaded by now stays: no later collection, while somebody waits, looks at it again
