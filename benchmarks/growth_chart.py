"""Draw points of growing size: python -m benchmarks.growth_chart FILE.svg < POINTS.json

Both scales are logarithmic: what grows in proportion is a straight line of one in one.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt

PANELS = (("cpu", "processor time, seconds"), ("megabytes", "memory, MB"))
TENS = [10**power for power in range(-2, 7)]


def chart(points: Sequence[dict[str, Any]]) -> alt.HConcatChart:
    """Time and memory side by side, a line for each form."""
    return alt.hconcat(*(_panel(points, what, title) for what, title in PANELS))


def _panel(points: Sequence[dict[str, Any]], what: str, title: str) -> alt.Chart:
    log, tens = alt.Scale(type="log"), alt.Axis(values=TENS, format=",~r")
    legend = alt.Legend(symbolType="stroke", symbolSize=400, symbolStrokeWidth=2)
    panel: alt.Chart = (
        alt.Chart(alt.InlineData(values=list(points)))
        .mark_line(point=True)
        .encode(
            x=alt.X("lines:Q", title="options", scale=log, axis=alt.Axis(values=TENS, format="~s")),
            y=alt.Y(f"{what}:Q", title=title, scale=log, axis=tens),
            color=alt.Color("form:N", title=None, legend=legend),
            strokeDash=alt.StrokeDash("form:N", title=None, legend=legend),
        )
        .properties(width=300, height=240)
    )
    return panel


def main() -> None:
    import vl_convert as vlc

    drawn = chart(json.load(sys.stdin)).to_json()
    Path(sys.argv[1]).write_text(vlc.vegalite_to_svg(drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
