"""Chromium as a reader of pages: with no network, and with every word of its console kept."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.kit.libreoffice import MAY_SKIP
from tests.kit.support import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(os.environ.get("CFBUDGET_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
MOST_TABS = 400

needs_chromium = pytest.mark.skipif(
    MAY_SKIP and CHROMIUM is None, reason="needs Chromium: apt-get install chromium"
)
needs_axe = pytest.mark.skipif(
    MAY_SKIP and not AXE.is_file(),
    reason="needs axe-core: npm install axe-core, or CFBUDGET_AXE names its axe.min.js",
)


class Screen(NamedTuple):
    """How a page is looked at."""

    width: int = 1280
    scheme: Literal["light", "dark"] = "light"
    has_script: bool = True


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, started once."""
    assert CHROMIUM, "apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, screen: Screen = Screen()) -> Iterator[Page]:  # noqa: B008
    """A page of a file, as from a mail attachment; at the end nothing was asked for or complained.

    Whatever a page would load but itself is refused, and is a fault.
    """
    context = browser.new_context(
        viewport={"width": screen.width, "height": 900},
        color_scheme=screen.scheme,
        java_script_enabled=screen.has_script,
        offline=True,
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: faults.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(f"it asks: {dialog.message}"))
    page.on(
        "request", lambda asked: faults.append(asked.url) if asked.url != file.as_uri() else None
    )
    page.goto(file.as_uri())
    yield page
    context.close()
    assert faults == []


def press_until(page: Page, key: str, is_there: Callable[[Page], object]) -> None:
    """Press a key until the focus is where it is wanted."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if is_there(page):
            return
    raise AssertionError(f"{key} does not lead there")


def focused(page: Page, selector: str, text: str = "") -> bool:
    """Whether the focus is on an element, of which a text may be said too."""
    return bool(
        page.evaluate(
            "([selector, text]) => document.activeElement.matches(selector)"
            " && document.activeElement.textContent.includes(text)",
            [selector, text],
        )
    )
