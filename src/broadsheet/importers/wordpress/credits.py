"""Who made a photo: what plugins noted, and what the file's own IPTC data said when it was uploaded. Plain Python."""

from .convert import plain_text
from .export import Item
from .phpserialize import MalformedSerialization, loads


def credit_of(attachment: Item) -> tuple[str, str]:
    """Credit and copyright notice, each perhaps "". WordPress's own importer throws the latter two away."""
    person = attachment.first_meta("_media_credit")
    organisation = attachment.first_meta("_navis_media_credit_org")
    noted = " / ".join(filter(None, (plain_text(person), plain_text(organisation))))
    credit, copyright_notice = _from_file(attachment.first_meta("_wp_attachment_metadata"))
    return (noted or credit)[:255], copyright_notice[:255]


def _from_file(serialized: str) -> tuple[str, str]:
    try:
        metadata = loads(serialized) if serialized else {}
    except MalformedSerialization:
        return "", ""
    image = metadata.get("image_meta") if isinstance(metadata, dict) else None
    if not isinstance(image, dict):
        return "", ""
    credit, copyright_notice = image.get("credit"), image.get("copyright")
    return (
        plain_text(credit) if isinstance(credit, str) else "",
        plain_text(copyright_notice) if isinstance(copyright_notice, str) else "",
    )
