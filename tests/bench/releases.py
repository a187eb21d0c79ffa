"""How many requests a second the published page answers, and when it is first seen. Prints figures, asserts no time.

Run: python -m tests.bench.releases
"""

import asyncio
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from survey_app.actions.demo import SLUGS, prepare_demo
from survey_app.actions.publishing import publish
from survey_app.actions.studies import need_study
from survey_app.store.log import Store
from survey_app.store.migrate import migrate
from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.serving import Server

READERS = 16
SECONDS = 5.0
LOOKS = 7


def published(folder: Path) -> None:
    """A data folder with the demo and a release of it."""
    store = Store(f"sqlite:///{folder / 'rakurs.db'}")
    migrate(store)
    prepare_demo(store)
    for slug in SLUGS.values():
        publish(store, "A", need_study(store, slug), folder=folder / "releases")
    store.engine.dispose()


async def ask(port: int, path: str, headers: str, until: float) -> tuple[int, int]:
    """Ask for a file again and again on one connection; returns requests and bytes of the last body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked, length = 0, 0
    while time.perf_counter() < until:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
        await reader.readexactly(length)
        asked += 1
    writer.close()
    return asked, length


async def rate(port: int, path: str, headers: str) -> tuple[float, int]:
    """Requests a second of all readers together."""
    start = time.perf_counter()
    found = await asyncio.gather(*(ask(port, path, headers, start + SECONDS) for _reader in range(READERS)))
    return sum(asked for asked, _length in found) / (time.perf_counter() - start), found[0][1]


def first_paints(url: str) -> list[float]:
    """Milliseconds until something is seen, in a browser that has nothing of the page yet."""
    found = []
    path = next(place for name in NAMES if (place := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for _look in range(LOOKS):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(url)
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
            found.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            context.close()
        browser.close()
    return found


def main() -> None:
    """Print everything."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        published(folder)
        place = folder / "releases" / "demo-en" / "v1"
        sizes = {file.name: file.stat().st_size for file in sorted(place.iterdir())}
        print(f"files: {sizes}")
        server = Server(folder)
        server.start()
        try:
            port = urlsplit(server.url).port or 0
            for name, headers in (
                ("the page, packed", "Accept-Encoding: gzip\r\n"),
                ("the page, plain", "Accept-Encoding: identity\r\n"),
            ):
                found, length = asyncio.run(rate(port, "/r/demo-en/v1/", headers))
                print(f"{name} ({length:,} bytes): {found:,.0f} requests/s by {READERS} readers")
            for name, url in (
                ("served", f"{server.url}/r/demo-en/v1/"),
                ("from disk", (place / "index.html").as_uri()),
            ):
                paints = first_paints(url)
                print(
                    f"first contentful paint, {name}: {median(paints):.0f} ms ({min(paints):.0f} to {max(paints):.0f})"
                )
        finally:
            server.kill()


if __name__ == "__main__":
    main()
