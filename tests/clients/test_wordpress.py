"""A real WordPress with its Akismet plugin; our must-use plugin rewrites the address, nothing else is changed."""

from collections.abc import Iterator

import pytest

from tests.clients import wordpress
from tests.clients.conftest import Service
from tests.clients.wordpress import WordPress

HAM = "I was at the council meeting and the figures in the third paragraph are right."
LATER = "The ferry to the island sails at nine from Monday on, says the harbour office."

pytestmark = pytest.mark.skipif(
    wordpress.may_be_left_out(),
    reason="apt install --no-install-recommends wordpress mariadb-server php-cli php-mysql",
)


@pytest.fixture(scope="module")
def blog(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    folder = tmp_path_factory.mktemp("wordpress")
    with wordpress.served(folder, service=service.base, key=service.new_key()) as served:
        yield served


def test_the_plugin_finds_its_key_valid_and_its_account_active(blog: WordPress) -> None:
    assert blog.ask("Akismet::verify_key(Akismet::get_api_key())") == "valid"
    assert blog.ask("Akismet::verify_key('zzzzzzzzzzzz')") == "invalid"
    blog.php("require 'wp-load.php'; require_once AKISMET__PLUGIN_DIR . 'class.akismet-admin.php';")
    user = blog.php(
        "require 'wp-load.php'; require_once AKISMET__PLUGIN_DIR . 'class.akismet-admin.php';"
        "echo json_encode(Akismet_Admin::get_akismet_user(Akismet::get_api_key()));"
    )
    assert user["status"] == "active"


def test_a_readers_comment_is_approved(blog: WordPress) -> None:
    blog.post_comment(HAM)

    assert blog.status_of(HAM) == "1"


def test_spam_is_in_the_spam_folder(blog: WordPress) -> None:
    blog.post_comment("Have a look at this.", author="viagra-test-123")

    assert blog.status_of("Have a look at this.") == "spam"


def test_what_a_moderator_marks_as_spam_is_spam_the_next_time(blog: WordPress) -> None:
    blog.post_comment(LATER)
    assert blog.status_of(LATER) == "1"

    blog.php(
        "require 'wp-load.php'; foreach (get_comments(array('search' => 'ferry')) as $comment) {"
        "wp_spam_comment($comment->comment_ID); Akismet::submit_spam_comment($comment->comment_ID); }"
    )

    again = blog.ask(
        "(function () { for ($i = 0; $i < 100; $i++) { usleep(100000);"
        "$answer = Akismet::http_post(Akismet::build_query(array('blog' => home_url(), 'user_ip' => '192.0.2.7',"
        f"'comment_content' => '{LATER}')), 'comment-check');"
        "if ($answer[1] === 'true') return 'true'; } return $answer[1]; })()"
    )
    assert again == "true"


def test_the_plugin_keeps_what_it_was_answered(blog: WordPress) -> None:
    found = blog.ask(
        "array_map(fn($c) => get_comment_meta($c->comment_ID, 'akismet_result', true),"
        "get_comments(array('search' => 'council meeting')))"
    )

    assert found == ["false"]
