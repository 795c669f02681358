"""Tables as Markdown."""

import re
from collections.abc import Iterable

from cfbudget.problem import printable
from cfbudget.render.apart import apart_grid
from cfbudget.render.bridged import Bridged, bridge_grid, bridge_title, sentences
from cfbudget.render.bridged_words import facts
from cfbudget.render.checking import Checked, shown_grids, verdict
from cfbudget.render.grid import Grid
from cfbudget.render.payback import section_grid
from cfbudget.render.terminal import panel_grid
from cfbudget.render.verified import Verified, effect_grids, finding_lines
from cfbudget.render.verified import verdict as verified_verdict
from cfbudget.tables.payback import CAPTION, PaybackPage
from cfbudget.tables.rounding_notes import unadded_note
from cfbudget.tables.table import Table

SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
INDENT = "&nbsp;&nbsp;"


def tables_markdown(tables: Iterable[Table], closing: Iterable[str]) -> str:
    """Each table under a heading, with what is to be known of it."""
    parts: list[str] = []
    for table in tables:
        parts.append(f"## {escaped(table.title)}")
        parts.append("\n".join(f"- {escaped(fact)}" for fact in table.subtitle))
        for panel in table.panels:
            parts += [f"**{escaped(panel.caption)}**"] if panel.caption else []
            parts.append(grid_markdown(panel_grid(table, panel)))
        if table.row_notes:
            parts.append("\n".join(f"- {escaped(note)}" for note in table.row_notes))
        parts += [escaped(note) for note in (*table.notes, *table.filtered, *unadded_note(table))]
    parts += [escaped(sentence) for sentence in closing]
    return "\n\n".join(parts) + "\n"


def check_markdown(checked: Checked, *, every: bool) -> str:
    """What checking a plan found."""
    report = checked.report
    if report is None:
        return ""
    title = f"## {escaped(checked.name)}: stated figures against computed ones"
    grids = (grid_markdown(grid) for grid in shown_grids(report, every=every))
    return "\n\n".join([title, *grids, *map(escaped, verdict(checked, report))]) + "\n"


def verified_markdown(verified: Verified) -> str:
    """What verifying a workbook found."""
    title = f"## {escaped(verified.plan)}: {escaped(verified.file)} against the plan"
    lines = "\n".join(f"- {escaped(line)}" for line in finding_lines(verified))
    grids = (grid_markdown(grid) for grid in effect_grids(verified.found.effects))
    parts = [title, *([lines] if lines else []), *grids]
    return "\n\n".join([*parts, *map(escaped, verified_verdict(verified))]) + "\n"


def payback_markdown(page: PaybackPage) -> str:
    """Each pair under a heading of its own, with what comes of it."""
    parts = [f"## {escaped(page.title)}", "\n".join(f"- {escaped(fact)}" for fact in page.facts)]
    for section in page.sections:
        parts += [f"### {escaped(section.heading)}", f"**{escaped(CAPTION)}**"]
        parts.append(grid_markdown(section_grid(page, section)))
        parts += map(escaped, section.sentences)
    return "\n\n".join([*parts, *map(escaped, page.closing)]) + "\n"


def bridged_markdown(bridged: Bridged) -> str:
    """The bridge from an old plan to a new one."""
    bridge = bridged.bridge
    title = f"## {escaped(bridge_title(bridged))}"
    known = "\n".join(f"- {escaped(fact)}" for fact in facts(bridge))
    parts = [title, known, grid_markdown(bridge_grid(bridged))]
    parts += [apart_markdown(bridged.beyond)] if bridged.beyond else []
    return "\n\n".join([*parts, *map(escaped, sentences(bridged))]) + "\n"


def apart_markdown(table: Table) -> str:
    """A table that stands beside no baseline, under a heading."""
    known = "\n".join(f"- {escaped(fact)}" for fact in table.subtitle)
    notes = map(escaped, unadded_note(table))
    return "\n\n".join(
        [f"## {escaped(table.title)}", known, grid_markdown(apart_grid(table)), *notes]
    )


def grid_markdown(grid: Grid) -> str:
    lines = [_line(escaped(heading) for heading in grid.headings)]
    rules = (
        "---" if place - 1 in (-1, *grid.left) else "---:" for place in range(len(grid.headings))
    )
    lines.append(_line(rules))
    for row in grid.rows:
        cells = list(row.cells) or [""] * (len(grid.headings) - 1)
        texts = [escaped(text) for text in (row.label, *cells)]
        if row.style:
            texts = [f"**{text}**" if text else "" for text in texts]
        lines.append(_line((INDENT * row.depth + texts[0], *texts[1:])))
    return "\n".join(lines)


def escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", printable(text))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
