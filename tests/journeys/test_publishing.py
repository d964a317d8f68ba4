"""An editor publishes an article with a photo; readers get it at once."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.reading import open_when_it_says


def a_picture(folder: Path) -> Path:
    path = folder / "quay.png"
    Image.linear_gradient("L").resize((1500, 1000)).convert("RGB").save(path)
    return path


def upload_photo(editor: Page, picture: Path) -> None:
    editor.goto("/editor/images/add/")
    editor.get_by_label("Title").fill("The quay")
    editor.get_by_label("File").set_input_files(picture)
    editor.get_by_label("Alternative text").fill("Grey light over the quay")
    editor.get_by_label("Caption").fill("The quay on Monday.")
    editor.get_by_label("Credit").fill("Photo: Jo Lind")
    editor.get_by_role("button", name="Upload").click()
    editor.wait_for_url("**/editor/images/")


def test_an_editor_publishes_an_article_with_a_photo(
    editor: Page, reader: Page, tmp_path: Path
) -> None:
    headline = f"Ferry returns {tmp_path.name}"
    upload_photo(editor, a_picture(tmp_path))

    editor.goto("/editor/")
    editor.get_by_role("link", name="in News").click()
    editor.get_by_placeholder("Headline").fill(headline)
    editor.locator("[name=standfirst]").fill(
        "After two winters in the yard, the Alba sails on Monday."
    )
    editor.get_by_role("button", name="Choose an image").first.click()
    editor.get_by_role("link", name="The quay").first.click()
    expect(editor.locator("#panel-child-content-hero_photo-section")).to_contain_text("The quay")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.get_by_text("created and published", exact=False)).to_be_visible()

    open_when_it_says(reader, "/news/", headline)
    reader.get_by_role("link", name=headline).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(headline)
    expect(reader.get_by_alt_text("Grey light over the quay").first).to_be_visible()
    expect(reader.get_by_text("Photo: Jo Lind")).to_be_visible()
