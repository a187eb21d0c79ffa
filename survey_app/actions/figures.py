"""Charts as pictures, and pages as PDF, by a browser of this machine that can reach no other machine.

kaleido is imported where a picture is made: it brings an event loop and a browser's protocol, which no page needs.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TypeVar

from plotly import graph_objects as go

from transcripts.messages import MessageError, sentence

Form = Literal["png", "svg", "pdf"]
Made = TypeVar("Made")
WIDTH = 900
"""Pixels across; a chart says itself how high it is."""
PATIENCE_S = 30
NOWHERE = "127.0.0.1:9"
"""The proxy that the browser is given: nobody answers there, so whatever it asks of other machines comes to nothing."""
_FEW = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
        "--disable-component-update", "--disable-extensions"]  # fmt: skip
_TURN = Lock()  # one browser at a time: each takes some 200 MB


class NoBrowser(MessageError):
    """There is no browser on this machine that could draw."""


class NotDrawn(MessageError):
    """The browser did not draw, or not in time."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure to be drawn `width` pixels across; a PNG has `scale` dots a pixel."""

    figure: go.Figure
    form: Form = "png"
    width: int = WIDTH
    scale: float = 2


def no_browser() -> NoBrowser:
    """What is missing, as a sentence."""
    return NoBrowser(
        sentence(
            "Pictures and PDF need Chrome, Chromium or Edge on the machine that Rakurs runs on; none was found there."
        )
    )


def browser() -> Path | None:
    """The browser that draws, found as kaleido finds it (`BROWSER_PATH` first)."""
    from choreographer.browsers.chromium import Chromium

    found = Chromium.find_browser(skip_local=False)
    return Path(found) if found and Path(found).is_file() else None


def picture(figure: go.Figure, form: Form = "png") -> bytes:
    """One figure as a file. Raises NoBrowser and NotDrawn."""
    return pictures([Drawing(figure, form)])[0]


def pictures(drawings: Sequence[Drawing], tell: Callable[[int], None] = lambda done: None) -> list[bytes]:
    """The figures as files on white, drawn by one browser; `tell` hears how many are done, on another thread.

    Each has `PATIENCE_S` seconds. Raises NoBrowser and NotDrawn.
    """
    if not drawings:
        return []
    if browser() is None:
        raise no_browser()
    return _in_turn(lambda: asyncio.run(_drawn(drawings, tell)), PATIENCE_S * (1 + len(drawings)))


def printed(page: bytes) -> bytes:
    """A page of HTML that needs nothing beside it, as PDF. Raises NoBrowser and NotDrawn."""
    if browser() is None:
        raise no_browser()
    return _in_turn(lambda: _print(page), 2 * PATIENCE_S)


def on_white(figure: go.Figure) -> dict[str, Any]:
    """A figure in plain data that stands on white, whatever it stands on in the screen."""
    plain: dict[str, Any] = figure.to_plotly_json()
    return {**plain, "layout": {**plain["layout"], "paper_bgcolor": "#ffffff", "plot_bgcolor": "#ffffff"}}


async def _drawn(drawings: Sequence[Drawing], tell: Callable[[int], None]) -> list[bytes]:
    from kaleido import Kaleido

    found = list[bytes]()
    opened = Kaleido(plotlyjs=plotly_js().as_uri(), mathjax=False, proxy_server=NOWHERE, timeout=PATIENCE_S)
    async with opened as drawing:
        for one in drawings:
            height = one.figure.layout.height or round(one.width * 0.6)
            size = {"format": one.form, "width": one.width, "height": height, "scale": one.scale}
            found.append(await drawing.calc_fig(on_white(one.figure), size))
            tell(len(found))
    return found


def plotly_js() -> Path:
    """The script that draws, as it lies in the plotly that is installed."""
    return Path(str(files("plotly") / "package_data" / "plotly.min.js"))


def _print(page: bytes) -> bytes:
    from choreographer.utils import TmpDirectory

    found = browser()
    folder = TmpDirectory(sneak="snap" in str(found))  # a browser in a snap sees no /tmp
    try:
        source, target = folder.path / "page.html", folder.path / "page.pdf"
        source.write_bytes(page)
        subprocess.run(  # noqa: S603  the browser of this machine, a page of ours
            [str(found), "--headless", *_FEW, f"--proxy-server={NOWHERE}", f"--user-data-dir={folder.path / 'user'}",
             "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()],
            check=True, capture_output=True, timeout=PATIENCE_S,
        )  # fmt: skip
        return target.read_bytes()
    finally:
        folder.clean()


def _in_turn(make: Callable[[], Made], patience: float) -> Made:
    """What `make` makes on a thread of its own, where no other event loop runs."""
    if not _TURN.acquire(timeout=patience):
        raise NotDrawn(sentence("The browser that draws is busy. Try again in a minute."))
    pool = ThreadPoolExecutor(1, "figures")
    try:
        return pool.submit(make).result(timeout=patience)
    except Exception as problem:
        raise NotDrawn(sentence("The browser of this machine broke off or took too long. Try again.")) from problem
    finally:
        pool.shutdown(wait=False)
        _TURN.release()
