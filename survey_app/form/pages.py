"""The pages of the form: HTML of our own under a strict policy, in the language that its reader has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from survey_app.auth.pages import LANGUAGE_COOKIE, PICTURES, themed
from survey_app.form.page_words import page_words, script_words
from survey_app.form.showing import plain, say
from survey_app.language import LANGUAGES, current, language_name
from survey_app.page_headers import GUARDED
from survey_app.questionnaires.filling import LONG, SHORT, TYPED
from survey_app.settings import settings

ROOM = Path(__file__).parent
YEAR_S = 365 * 86400
HEADERS = {
    **GUARDED,
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
LOOK = {
    "mark.svg": "image/svg+xml",
    "wordmark_light.svg": "image/svg+xml",
    "wordmark_dark.svg": "image/svg+xml",
    "form.css": "text/css; charset=utf-8",
    **{
        f"{name}.js": "text/javascript; charset=utf-8"
        for name in ("form", "rules", "checking", "fields", "outbox", "ranking", "moments")
    },
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who has asked for a page: the browser, and the language in which they read (`chosen`: just now)."""

    request: Request
    language: str
    chosen: bool = False

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page of ours; values are escaped wherever they stand."""
        answer = HTMLResponse(
            environment().get_template(template).render(
                {"preview": False, "title": ""} | values, words=page_words(), script_words=script_words(),
                language=current(), languages=[(key, language_name(key)) for key in LANGUAGES],
            ),
            status, HEADERS,
        )  # fmt: skip
        return self._kept(answer)

    def go(self, path: str) -> Response:
        """On to a page of ours."""
        return self._kept(RedirectResponse(path, 303, HEADERS))

    def _kept(self, answer: Response) -> Response:
        if self.chosen:
            answer.set_cookie(
                LANGUAGE_COOKIE, self.language, YEAR_S, path="/", httponly=True, samesite="lax",
                secure=settings().address.startswith("https:"),
            )  # fmt: skip
        return answer


def language_of(request: Request, fields: Mapping[str, list[str]], kept: str = "") -> str:
    """Chosen now or in this browser before, or by the same link elsewhere; that of the installation; the browser's."""
    wished = [
        *fields.get("language", []),
        request.cookies.get(LANGUAGE_COOKIE, ""),
        kept,
        settings().language,
        request.headers.get("accept-language", "")[:2].lower(),
    ]
    return next((one for one in wished if one in LANGUAGES), "en")


def look(name: str) -> Response | None:
    """A picture, the style sheet or a module of the script; None for anything else."""
    if name not in LOOK:
        return None
    return Response(_text(name), headers=HEADERS | {"Cache-Control": "no-cache"}, media_type=LOOK[name])


@cache
def _text(name: str) -> str:
    if name.endswith(".svg"):
        return (PICTURES / name).read_text("utf-8")
    text = (ROOM / "assets" / name).read_text("utf-8")
    return themed(text) if name.endswith(".css") else text


@cache
def environment() -> Environment:
    """The templates."""
    made = Environment(
        loader=FileSystemLoader(ROOM / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.globals.update(say=say, say_plain=plain, long=LONG, short=SHORT, typed=TYPED)
    return made
