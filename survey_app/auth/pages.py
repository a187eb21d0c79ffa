"""The small pages for signing in: HTML of our own, without a script, under a policy that allows none."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from survey_app.auth import forms
from survey_app.auth.page_words import page_words
from survey_app.auth.passwords import SHORTEST
from survey_app.language import LANGUAGES, language_name, use
from survey_app.page_headers import GUARDED
from survey_app.session import COOKIE
from survey_app.settings import settings
from survey_app.store.sign_ins import LASTS
from survey_app.theme import DARK, LIGHT

ROOM = Path(__file__).parent
PICTURES = ROOM.parent / "components"
LANGUAGE_COOKIE = "rakurs-language"
HEADERS = {
    **GUARDED,
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",  # with less, browsers would not say where a form comes from
    "X-Frame-Options": "DENY",
}
LOOK = {
    "mark.svg": "image/svg+xml",
    "wordmark_light.svg": "image/svg+xml",
    "wordmark_dark.svg": "image/svg+xml",
    "auth.css": "text/css; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for one of these pages, and what came with it."""

    request: Request
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def posted(self) -> bool:
        """Whether a form was sent; anything else only looks."""
        return self.request.method == "POST"

    @property
    def token(self) -> str:
        """That of the sign-in, "" without one."""
        return self.request.cookies.get(COOKIE, "")

    @property
    def language(self) -> str:
        """Named in the address, chosen here before, that of the installation, or the browser's first."""
        wished = [
            self.request.query_params.get("lang", ""),
            self.request.cookies.get(LANGUAGE_COOKIE, ""),
            settings().language,
            self.request.headers.get("accept-language", "")[:2].lower(),
        ]
        return next((one for one in wished if one in LANGUAGES), "en")

    def page(self, template: str, title: str, *, status: int = 200, **values: Any) -> Response:
        """A page of ours; values are escaped wherever they stand."""
        seed = forms.seed_of(self.request)
        answer = HTMLResponse(
            _environment().get_template(template).render(
                {"problem": "", "done": "", "shortest": SHORTEST} | values,
                title=title, words=page_words(), language=self.language, languages=self._languages(values),
                form_token=forms.token_for(settings().data_folder, seed),
            ),
            status, HEADERS,
        )  # fmt: skip
        self._set(answer, forms.COOKIE, seed)
        if self.request.query_params.get("lang") in LANGUAGES:
            self._set(answer, LANGUAGE_COOKIE, self.language)
        return answer

    def go(self, path: str, *, token: str | None = None) -> Response:
        """On to a path of ours; with `token` the browser is signed in, with "" signed out."""
        answer = RedirectResponse(path, 303, HEADERS)
        if token:
            self._set(answer, COOKIE, token, max_age=int(LASTS.total_seconds()))
        elif token == "":
            answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=_secure())
        return answer

    def keep(self, answer: Response, name: str, value: str) -> Response:
        """Give the browser a cookie along with an answer."""
        self._set(answer, name, value, max_age=int(LASTS.total_seconds()))
        return answer

    def _set(self, answer: Response, name: str, value: str, max_age: int | None = None) -> None:
        answer.set_cookie(name, value, max_age, path="/", httponly=True, samesite="lax", secure=_secure())

    def _languages(self, values: dict[str, Any]) -> list[tuple[str, str, str]]:
        kept = {"next": values["next"]} if values.get("next", "/") != "/" else {}
        return [(key, language_name(key), "?" + urlencode(kept | {"lang": key})) for key in LANGUAGES]


def look(name: str) -> Response | None:
    """A picture or the style sheet, or None for anything else."""
    if name not in LOOK:
        return None
    text = _style() if name.endswith(".css") else (PICTURES / name).read_text("utf-8")
    return Response(text, headers=HEADERS | {"Cache-Control": "max-age=3600"}, media_type=LOOK[name])


def speaking(asked: Asked) -> Any:
    """A block in the language of whoever asks."""
    return use(asked.language)


def _secure() -> bool:
    return settings().address.startswith("https:")


def themed(style: str) -> str:
    """A style sheet with the colours of the application before it, in light and dark."""

    def colours(theme: dict[str, Any], on_accent: str) -> str:
        named = {
            "paper": theme["backgroundColor"], "raised": theme["secondaryBackgroundColor"], "ink": theme["textColor"],
            "soft": theme["grayTextColor"], "line": theme["borderColor"], "accent": theme["primaryColor"],
            "link": theme["linkColor"], "edge": theme["grayTextColor"], "on-accent": on_accent,
        }  # fmt: skip
        return " ".join(f"--{name}: {colour};" for name, colour in named.items())

    return (
        f":root {{ color-scheme: light dark; {colours(LIGHT, LIGHT['backgroundColor'])} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {colours(DARK, DARK['backgroundColor'])} }} }}\n{style}"
    )


@cache
def _style() -> str:
    return themed((ROOM / "assets" / "auth.css").read_text("utf-8"))


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(ROOM / "templates"), autoescape=True, undefined=StrictUndefined)
