"""A page as HTML: one file that needs nothing else, for a browser or to be pasted from."""

from cfbudget.layout.page import Page, Title
from cfbudget.render.html_blocks import DEEPEST, HtmlBlocks, shown

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; max-width: 75rem; color: #1a1a1a }
.scroll { overflow-x: auto; margin: .5rem 0 1.5rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { text-align: left; font-style: italic; margin: 1rem 0 0 }
.unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
th, td { padding: .2rem .75rem; text-align: right; vertical-align: bottom; white-space: nowrap }
th:first-child { text-align: left; white-space: normal; font-weight: normal }
thead th { border-bottom: 1px solid; font-weight: 600; white-space: normal }
.words { text-align: left }
.bold > * { font-weight: 600 }
.apart > * { border-top: 1px solid }
.facts, .items { padding-left: 1.2rem }
.caption { font-style: italic; margin: 1rem 0 0 }
figure { margin: 1rem 0 }
figure svg { max-width: 100%; height: auto }
@media print { body { margin: 0; max-width: none } h2 { break-after: avoid } }
"""
INSETS = "".join(
    f".d{depth} {{ padding-left: {depth * 1.5 + 0.75}rem }}\n" for depth in range(1, DEEPEST + 1)
)


def page_html(page: Page) -> str:
    title = next((b.text for b in page.blocks if isinstance(b, Title)), "cfbudget")
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown(title)}</title>\n<style>{STYLE}{INSETS}</style>\n</head>\n"
        f"<body>\n<main>\n{HtmlBlocks().html(page.blocks)}\n</main>\n</body>\n</html>\n"
    )
