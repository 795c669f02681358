"""An OpenDocument spreadsheet of the content that is wanted, for tests."""

import io
import zipfile

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def content(sheets: str, styles: str = "", *, head: str = "", body: str = "spreadsheet") -> str:
    """The part that says what stands in the sheets."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{body}>"
        f"{sheets}</office:{body}></office:body></office:document-content>"
    )


def sheet(rows: str, name: str = "One", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def text(shown: str, facts: str = "", kind: str = "table-cell") -> str:
    paragraph = f"<text:p>{shown}</text:p>" if shown else ""
    return f"<table:{kind} {facts}>{paragraph}</table:{kind}>"


def number(value: str, shown: str, facts: str = "") -> str:
    return text(shown, f'office:value-type="float" office:value="{value}" {facts}')


def ods(written: str | bytes, **others: str) -> bytes:
    """The file, with other parts by their names (a `/` as `__`)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE)
        archive.writestr("content.xml", written)
        for name, part in others.items():
            archive.writestr(name.replace("__", "/"), part)
    return file.getvalue()
