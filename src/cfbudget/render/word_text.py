"""Text as the XML of a Word document holds it."""

from html import escape

from cfbudget.problem import printable


def word_text(text: str) -> str:
    """A text in which nothing is markup, and no character is one that XML lacks."""
    return escape(printable(text))


def text_run(text: str, letters: str = "") -> str:
    """A run of text, its blanks kept.

    Args:
        letters: what they look like, as XML.
    """
    looks = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{word_text(text)}</w:t></w:r>'


def paragraph(style: str, *runs: str, looks: str = "") -> str:
    """A paragraph in a style, by the style's id.

    Args:
        looks: what it has besides, as XML.
    """
    of = f'<w:pPr><w:pStyle w:val="{word_text(style)}"/>{looks}</w:pPr>'
    return f"<w:p>{of}{''.join(runs)}</w:p>"


def field(what: str, shown: str, letters: str = "") -> str:
    """A field with what it shows, which is right without being updated."""
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {what} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
    )
    looks = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    begun = "".join(f"<w:r>{looks}{part}</w:r>" for part in parts)
    return f'{begun}{text_run(shown, letters)}<w:r>{looks}<w:fldChar w:fldCharType="end"/></w:r>'
