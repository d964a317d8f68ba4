"""One style sheet is served, joined from readable parts; the owner's own comes last."""

from pathlib import Path

from django.core.management import call_command

from broadsheet.newsroom import stylesheet


def test_comments_and_indentation_are_left_out_and_nothing_else(tmp_path: Path) -> None:
    part = tmp_path / "part.css"
    part.write_text(
        '/* why */\n@layer a {\n  p::before { content: "a  b"; }\n}\n', encoding="utf-8"
    )

    assert stylesheet.joined([part, part]) == '@layer a{p::before{content: "a  b";}}' * 2 + "\n"


def test_the_parts_stand_in_their_order_and_the_owners_comes_last(settings, tmp_path: Path) -> None:
    settings.SITE_FOLDER = tmp_path
    (tmp_path / "theme.css").write_text(":root { --accent: teal; }", encoding="utf-8")

    sheet = stylesheet.joined(stylesheet.sources())

    assert sheet.startswith("@layer reset,tokens,layout,components;")
    assert sheet.index("data-look") < sheet.index("--comment-") < sheet.index("--accent: teal")


def test_gathering_static_files_makes_it(settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"

    call_command("collectstatic", interactive=False, verbosity=0)

    gathered = (tmp_path / "static" / stylesheet.NAME).read_text(encoding="utf-8")
    assert gathered == stylesheet.joined(stylesheet.sources())
