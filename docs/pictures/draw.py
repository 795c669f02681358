"""Draws the README's picture: the report of the shipped plan, a chart of it, a figure explained.

Usage: python docs/pictures/draw.py     (writes docs/pictures/report.png; needs Chromium)
"""

import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
EXPLAINED = "108,164"
"""The figure whose explanation is open: the net budget of the last year."""
CANVAS = """<!doctype html><style>
body {{ margin: 0; background: #e9eef1; width: 1500px; height: 800px; position: relative }}
img {{ position: absolute; border-radius: 6px; box-shadow: 0 2px 12px rgb(0 0 0 / .22) }}
</style>
<img src="{page}" style="left: 24px; top: 24px; width: 900px">
<img src="{chart}" style="left: 866px; top: 52px; width: 610px">
<img src="{told}" style="left: 936px; top: 420px; width: 540px">"""


def main() -> None:
    with TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        command = [str(Path(sys.executable).parent / "cfbudget"), "report", "-o", str(page)]
        subprocess.run([*command, "--data", str(HERE.parents[1] / "data")], check=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            canvas = CANVAS.format(**shots(browser, page))
            shown = browser.new_page(viewport={"width": 1500, "height": 800})
            shown.set_content(canvas)
            shown.screenshot(path=HERE / "report.png")
            browser.close()


def shots(browser: Browser, page: Path) -> dict[str, str]:
    """The first screen, the first chart and an explanation, each as an address of its own."""
    shown = browser.new_page(
        viewport={"width": 1120, "height": 936}, color_scheme="light", reduced_motion="reduce"
    )
    shown.goto(page.as_uri())
    whole = shown.screenshot()
    chart = shown.locator("figure svg").first.screenshot()
    shown.locator("td > button", has_text=EXPLAINED).first.click()
    shown.evaluate("document.activeElement.blur()")
    shown.mouse.move(0, 0)
    box = shown.locator("dialog").bounding_box()
    assert box is not None
    box["height"] = int(box["height"])
    told = shown.screenshot(clip=box)
    found = {"page": whole, "chart": chart, "told": told}
    return {
        name: f"data:image/png;base64,{b64encode(shot).decode('ascii')}"
        for name, shot in found.items()
    }


if __name__ == "__main__":
    main()
