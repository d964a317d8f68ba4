"""How to point each client at this service, to copy and paste. Plain Python."""

from dataclasses import dataclass
from urllib.parse import urlsplit

YOUR_KEY = "YOUR-KEY"


@dataclass(frozen=True, slots=True)
class Snippet:
    """One client's set-up."""

    client: str
    where: str  # what to do with it
    code: str


def snippets(base: str, key: str = YOUR_KEY) -> tuple[Snippet, ...]:
    """For the service at `base` ("https://paper.example"), with the characters of a key if they are known."""
    scheme = urlsplit(base).scheme
    host = urlsplit(base).netloc
    values = {"BASE": base, "HOST": host, "SCHEME": scheme, "KEY": key}
    return tuple(Snippet(client, where, _filled(code, values)) for client, where, code in _SNIPPETS)


def _filled(code: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        code = code.replace(f"%{name}%", value)
    return code


_SNIPPETS = (
    (
        "WordPress, with the Akismet plugin",
        "Copy contrib/wordpress/broadsheet-akismet.php into wp-content/mu-plugins/, and add to wp-config.php:",
        "define( 'BROADSHEET_AKISMET', '%BASE%' );\ndefine( 'WPCOM_API_KEY', '%KEY%' );",
    ),
    (
        "Python: akismet",
        "The library has its address built in; an httpx transport sends it here.",
        "import akismet, httpx\n\n"
        "class Here(httpx.HTTPTransport):\n"
        "    def handle_request(self, request):\n"
        "        here = httpx.URL('%BASE%')\n"
        "        request.url = request.url.copy_with(scheme=here.scheme, host=here.host, port=here.port)\n"
        "        request.headers['Host'] = here.netloc.decode()\n"
        "        return super().handle_request(request)\n\n"
        "client = akismet.SyncClient.validated_client(\n"
        "    config=akismet.Config(key='%KEY%', url='https://your-site.example'),\n"
        "    http_client=httpx.Client(transport=Here(), headers={'User-Agent': akismet.USER_AGENT}))",
    ),
    (
        "Python: python-akismet",
        "Before the first call. The key becomes part of the host's name: *.%HOST% must lead here.",
        "from akismet import Akismet\n\n"
        "Akismet.protocol, Akismet.domain = '%SCHEME%', '%HOST%'\n"
        "client = Akismet('%KEY%', blog='https://your-site.example')",
    ),
    (
        "Node: akismet-api",
        "The key becomes part of the host's name: *.%HOST% must lead here.",
        "const { AkismetClient } = require('akismet-api')\n"
        "const client = new AkismetClient({ key: '%KEY%', blog: 'https://your-site.example',\n"
        "                                   protocol: '%SCHEME%', host: '%HOST%' })",
    ),
    (
        "Node: @cedx/akismet",
        "",
        "import { Blog, Client } from '@cedx/akismet'\n\n"
        "const client = new Client('%KEY%', new Blog({ url: 'https://your-site.example' }),\n"
        "                          { baseUrl: '%BASE%' })",
    ),
    (
        "PHP: automattic/akismet-sdk",
        "",
        "new Configuration(apiKey: '%KEY%', blog: 'https://your-site.example', baseUrl: '%BASE%')",
    ),
    (
        "Ruby: rakismet",
        "The key becomes part of the host's name: *.%HOST% must lead here.",
        "Rakismet.key  = '%KEY%'\nRakismet.url  = 'https://your-site.example'\nRakismet.host = '%HOST%'",
    ),
    (
        "Anything else",
        "A form, posted.",
        "curl %BASE%/1.1/comment-check \\\n"
        "  -d api_key=%KEY% -d blog=https://your-site.example -d user_ip=192.0.2.7 \\\n"
        "  --data-urlencode 'comment_content=Is this spam?'",
    ),
)
