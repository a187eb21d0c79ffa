"""Published releases at /r/<slug>/: plain files without login or session, and nothing outside their folder."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from survey_app.language import _, use
from survey_app.page_headers import GUARDED
from survey_app.publishing.folders import WITHDRAWN, UnwritableRelease, check_slug
from survey_app.settings import settings

# A release holds data, styles, fonts and classic scripts of its own and nothing else.
RELEASE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
HEADERS = GUARDED | {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": RELEASE_POLICY,
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of every answer; what is not there and what is gone among them."""
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".cff": "text/plain; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
}
"""The files a release is made of; any other is not handed out."""
KEPT = {"release.css", "page.js", "source-sans.woff2"}
"""Files that say nothing of the study."""
LONGEST = 100
"""Bytes of an address behind the slug; no file of a release comes near."""


async def _newest(request: Request) -> Response:
    slug = request.path_params["slug"]
    latest = _inside(slug, "latest/index.html")
    if latest is None or not latest.is_file():
        return _nothing_here(request)
    return RedirectResponse(f"/r/{slug}/latest/", headers=HEADERS)


async def _file(request: Request) -> Response:
    """One file of a release. Looks and scripts of a version may be kept for ever; what tells something is asked for
    again each time, so that a version that was withdrawn is gone for everybody."""
    slug, path = request.path_params["slug"], request.path_params["path"]
    wanted = _inside(slug, path)
    if wanted is None:
        return _nothing_here(request)
    if (wanted if wanted.is_dir() else wanted.parent).joinpath(WITHDRAWN).is_file():
        return _withdrawn(wanted if wanted.is_dir() else wanted.parent)
    if wanted.is_dir():
        if not request.url.path.endswith("/"):
            return RedirectResponse(f"{request.url.path}/", headers=HEADERS)
        wanted = wanted / "index.html"
    if not wanted.is_file() or wanted.suffix not in KINDS:
        return _nothing_here(request)
    packed = wanted.with_name(f"{wanted.name}.gz")
    squeezed = packed.is_file() and "gzip" in request.headers.get("accept-encoding", "")
    content, tag = _read(packed if squeezed else wanted)
    headers = HEADERS | {
        **({"Cache-Control": "public, max-age=31536000, immutable"} if wanted.name in KEPT else {}),
        "Vary": "Accept-Encoding",
        "ETag": f'"{tag}"',
        **({"Content-Encoding": "gzip"} if squeezed else {}),
    }
    if tag in _known(request):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=KINDS[wanted.suffix])


def _withdrawn(place: Path) -> Response:
    """The notice, whichever file of the version was asked for."""
    headers = HEADERS | {"X-Robots-Tag": "noindex"}
    return Response((place / "index.html").read_bytes(), 410, headers, KINDS[".html"])


def _known(request: Request) -> set[str]:
    """The tags of what the reader has already."""
    asked = request.headers.get("if-none-match", "").split(",")
    return {each.strip().removeprefix("W/").strip('"') for each in asked}


def _read(file: Path) -> tuple[bytes, str]:
    """What a file holds, with a tag of its content; kept until the file changes."""
    found = file.stat()
    return _content(file, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _content(file: Path, _changed: int, _size: int) -> tuple[bytes, str]:
    content = file.read_bytes()
    return content, sha256(content).hexdigest()[:24]


def _inside(slug: str, path: str) -> Path | None:
    """The place in the releases' folder, or None for one outside it or hidden in it."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    if not _is_slug(slug) or hidden or "\0" in path or len(path.encode("utf-8", "replace")) > LONGEST:
        return None
    root = settings().releases_folder.resolve()
    wanted = (root / slug / path).resolve()
    return wanted if wanted.is_relative_to(root / slug) else None


def _is_slug(slug: str) -> bool:
    try:
        return bool(check_slug(slug))
    except UnwritableRelease:
        return False


def _nothing_here(request: Request) -> Response:
    with use("ru" if request.headers.get("accept-language", "").startswith("ru") else "en"):
        return PlainTextResponse(_("There is no published page at this address."), 404, HEADERS)


ROUTES = [
    Route("/r/{slug}", _newest),
    Route("/r/{slug}/", _newest),
    Route("/r/{slug}/{path:path}", _file),
]
