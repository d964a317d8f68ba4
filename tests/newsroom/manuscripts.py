"""Manuscripts as word processors and editors write them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(**parts: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return body.getvalue()


def a_docx(paragraphs: str, relations: str = "") -> bytes:
    return zipped(
        **{
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/'
            f'officeDocument/2006/relationships"><w:body>{paragraphs}</w:body></w:document>',
            "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
            f'package/2006/relationships">{relations}</Relationships>',
        }
    )


def an_odt(content: str) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        **{
            "content.xml": f'<o:document-content xmlns:o="{names}:office:1.0" xmlns:text="{names}:text:1.0" '
            f'xmlns:style="{names}:style:1.0" xmlns:fo="{names}:xsl-fo-compatible:1.0" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink">{content}</o:document-content>'
        }
    )


DOCX = a_docx(
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>The quay</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>It came </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>at six</w:t></w:r>"
    "<w:del><w:r><w:t>never</w:t></w:r></w:del></w:p>"
    '<w:p><w:hyperlink r:id="a"><w:r><w:t>More</w:t></w:r></w:hyperlink></w:p>',
    '<Relationship Id="a" Target="https://tide.example/" TargetMode="External"/>',
)


ODT = an_odt(
    '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<text:h>The quay</text:h><text:p>It came <text:span text:style-name="T1">at six</text:span></text:p>'
    '<text:p><text:a xlink:href="https://tide.example/">More</text:a></text:p>'
)


MARKDOWN = b"# The quay\n\nIt came **at six**\n\n[More](https://tide.example/)"
