"""What is read of an old WordPress, by its REST interface and from a dump of its database, from a real one."""

import json
import subprocess
from collections.abc import Iterator
from io import BytesIO

import pytest

from broadsheet.importers.old_host import rest
from broadsheet.importers.old_host.asking import OldHost, Unanswered
from broadsheet.importers.wordpress import sqldump
from broadsheet.importers.wordpress.export import Comment
from tests.clients import wordpress
from tests.clients.wordpress import WordPress

TEXT = "It’s \\ 'quoted',\nand (1,2); goes on. 🚢"
FILL = """
require 'wp-load.php';
$times = array(1 => 103, 0 => 1, 'spam' => 2, 'trash' => 1);
foreach ($times as $approved => $number) for ($i = 0; $i < $number; $i++) wp_insert_comment(array(
  'comment_post_ID' => 1, 'comment_author' => 'Ana', 'comment_author_email' => 'ana@mail.example',
  'comment_author_IP' => '203.0.113.9', 'comment_agent' => 'Mozilla/5.0', 'comment_date_gmt' => '2021-03-05 08:00:00',
  'comment_date' => '2021-03-05 09:00:00', 'comment_approved' => (string) $approved, 'comment_content' => wp_slash(%s)));
add_filter('wp_is_application_passwords_available', '__return_true');
echo json_encode(WP_Application_Passwords::create_new_application_password(1, array('name' => 'moving'))[0]);
"""

pytestmark = pytest.mark.skipif(
    wordpress.may_be_left_out(),
    reason="apt install --no-install-recommends wordpress mariadb-server php-cli php-mysql",
)


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    with wordpress.served(tmp_path_factory.mktemp("old"), service="127.0.0.1:1", key="x") as served:
        yield served


@pytest.fixture(scope="module")
def password(blog: WordPress) -> str:
    (blog.folder / "wp-content/mu-plugins/passwords.php").write_text(
        "<?php add_filter('wp_is_application_passwords_available', '__return_true');"
    )
    text = "json_decode('" + json.dumps(TEXT).replace("\\", "\\\\").replace("'", "\\'") + "')"
    return str(blog.php(FILL % text))


def told(found: list[tuple[int, Comment]]) -> list[tuple[int, str, str, str, str]]:
    """Those that the test wrote."""
    return sorted(
        (post, comment.text, comment.approved, comment.address, comment.user_agent)
        for post, comment in found
        if comment.author == "Ana"
    )


EXPECTED = sorted(
    (1, TEXT, approved, "203.0.113.9", "Mozilla/5.0")
    for approved, number in {"1": 103, "0": 1, "spam": 2, "trash": 1}.items()
    for _ in range(number)
)


def test_the_rest_interface_tells_an_administrator_everything(
    blog: WordPress, password: str
) -> None:
    host = OldHost(blog.address, rest.authorization("chief", password), allow_private=True)

    assert told(list(rest.comments(host))) == EXPECTED


def test_a_wrong_password_is_told_from_an_outage(blog: WordPress, password: str) -> None:
    host = OldHost(blog.address, rest.authorization("chief", "no"), allow_private=True)

    with pytest.raises(Unanswered, match="does not take this user and password"):
        list(rest.comments(host))


def test_a_dump_holds_the_same(blog: WordPress, password: str) -> None:
    dump = subprocess.run(
        ["mariadb-dump", "--no-defaults", f"--socket={blog.folder.parent / 'db.sock'}", "-uroot", "wordpress"],
        capture_output=True,
        check=True,
    ).stdout  # fmt: skip

    assert told(list(sqldump.read(BytesIO(dump)))) == EXPECTED
