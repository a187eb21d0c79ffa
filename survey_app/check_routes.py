"""The page at /q/<token>: an expert looks at their own quotes by a personal link, without an account or a script.

The token is the right to all of it, and nobody can guess it; so a page of another site, which does not know it, can
send nothing here. Whatever is wrong with a link, its reader sees the same page.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from survey_app.actions import own_check
from survey_app.actions.expert_answers import ANSWERS, RELEASE, REWORD, WITHDRAW
from survey_app.actions.own_check import LONGEST_WORDING, CheckClosed, ChecksChanged, OwnCheck, OwnQuote
from survey_app.auth.limiting import Limiter
from survey_app.form import check_words
from survey_app.form.door import Door, endpoint, is_own
from survey_app.form.pages import Reader, language_of
from survey_app.form.sent_fields import Fields, read_fields
from survey_app.language import label, translate, use
from survey_app.publishing.methods import date_before_stop
from survey_app.session import machine_store
from transcripts.messages import MessageError
from transcripts.seen_words import seen

LIMITER = Limiter()
DOOR = Door("rakurs-check-known", "/q/")
MOST_BYTES = 2_000_000
THANKS = "thanks"


def _answer(request: Request, body: bytes) -> Response:
    """A page of quotes, or where answers that were sent lead."""
    fields = read_fields(body, request.headers.get("content-type", "")) if request.method == "POST" else {}
    token, step = request.path_params["token"], request.path_params.get("step", "")
    key = DOOR.key(request, token)
    if LIMITER.attempt([key]) > 0:
        return _closed(request, fields, 429)
    try:
        if not is_own(request) or step not in {"", THANKS}:
            raise own_check.closed()
        check = own_check.look_up(machine_store(), token)
    except MessageError:
        return _closed(request, fields, 404)
    DOOR.opened(LIMITER, key)
    reader = Reader(request, language_of(request, fields, check.link["language"]), "language" in fields)
    with use(reader.language):
        try:
            if request.method == "POST":
                return _sent(reader, check, token, step, fields)
            return _shown(reader, check, token, step)
        except CheckClosed:
            return _closed(request, fields, 404)


def _shown(reader: Reader, check: OwnCheck, token: str, step: str) -> Response:
    if step and not check.answered:
        return reader.go(f"/q/{token}")
    if step:
        return _page(reader, "check_answers.html", check, token)
    return _asked(reader, check, token, {})


def _sent(reader: Reader, check: OwnCheck, token: str, step: str, fields: Fields) -> Response:
    go, store = "".join(fields.get("go", [])[-1:]), machine_store()
    if reader.chosen:
        own_check.open_link(store, token, reader.language)
    if step:
        return reader.go(f"/q/{token}/{step}")
    if go not in {"send", "all", "none"}:
        return _asked(reader, check, token, fields)
    said = {"all": RELEASE, "none": WITHDRAW}.get(go, "")
    given = _given(fields, said)
    wrong = {key: problem for key, (answer, wording, _mark) in given.items() if (problem := _trouble(answer, wording))}
    if wrong:
        return _asked(reader, check, token, fields, wrong=wrong)
    try:
        own_check.answer(store, token, given)
    except ChecksChanged as problem:
        fresh = own_check.look_up(store, token)
        return _asked(reader, fresh, token, fields, problem=translate(problem.message))
    return DOOR.know(reader.go(f"/q/{token}/{THANKS}" if given else f"/q/{token}"), token)


def _given(fields: Fields, said: str) -> dict[str, tuple[str, str, str]]:
    """What was answered, by statement; with `said` that of everything on the page."""
    found = {}
    for name, values in fields.items():
        if name.startswith("m."):
            key = name[2:]
            answer = said or "".join(fields.get(f"a.{key}", [])[-1:])
            if answer:
                found[key] = (answer, _words(fields, key), values[-1])
        elif name.startswith("a.") and f"m.{name[2:]}" not in fields:
            found[name[2:]] = (values[-1], "", "")
    return found


def _words(fields: Fields, key: str) -> str:
    return seen("".join(fields.get(f"w.{key}", [])[-1:]))


def _trouble(answer: str, wording: str) -> str:
    words = check_words.check_words()
    if answer != REWORD:
        return ""
    return words["reword_missing"] if not wording else words["reword_long"] if len(wording) > LONGEST_WORDING else ""


def _asked(
    reader: Reader, check: OwnCheck, token: str, fields: Fields, *, wrong: dict[str, str] | None = None,
    problem: str = "",
) -> Response:  # fmt: skip
    """The quotes with what is answered, or was typed just now."""
    return _page(
        reader, "check.html", check, token, fields=fields, wrong=wrong or {}, problem=problem,
        status=400 if wrong or problem else 200,
    )  # fmt: skip


def _page(
    reader: Reader, template: str, check: OwnCheck, token: str, *, status: int = 200, fields: Fields | None = None,
    wrong: dict[str, str] | None = None, problem: str = "",
) -> Response:  # fmt: skip
    sent, wrong = fields or {}, wrong or {}
    quotes = [_quote(number, quote, sent, wrong) for number, quote in enumerate(check.quotes, 1)]
    until = check.link["expires_at"]
    return reader.page(
        template, status=status, check=check_words.check_words(), title=check_words.title(check),
        heading=label(check.study, "title"), intro=check_words.intro(check), told=check_words.told(check),
        silence=check_words.silence(check),
        quotes=quotes, address=f"/q/{token}", until=until, longest=LONGEST_WORDING, problem=problem,
        until_words=f"{datetime.fromisoformat(until):%d.%m.%Y %H:%M} UTC",
        answered=check_words.answered(check.answered, len(quotes)) if quotes else "",
        published=check_words.published(date_before_stop(check.published_at)) if check.published_at else "",
    )  # fmt: skip


def _quote(number: int, quote: OwnQuote, sent: Fields, wrong: dict[str, str]) -> dict[str, Any]:
    """A quote as a template shows it; `said`: what is chosen, `state`: what has become of what was answered."""
    key, answer = quote.statement_id, quote.answer
    typed = f"m.{key}" in sent
    said = "".join(sent.get(f"a.{key}", [])[-1:]) if typed else answer.answer if answer else ""
    state = ""
    if answer is not None:
        state = {RELEASE: "released", WITHDRAW: "withdrawn"}.get(answer.answer, "reworded")
        if answer.answer == REWORD and (answer.accepted or answer.refused):
            state = "reworded_accepted" if answer.accepted else "reworded_refused"
    return {
        "id": f"q{number}", "number": number, "key": key, "text": quote.text, "mark": quote.mark,
        "language": quote.language, "codes": [label(row) for row in quote.codes],
        "said": said if said in ANSWERS else "", "error": wrong.get(key, ""), "state": state,
        "wording": _words(sent, key) if typed else (answer.wording if answer else "") or quote.text,
        "told": answer.told if answer and state == "reworded_accepted" else answer.wording if answer else "",
    }  # fmt: skip


def _closed(request: Request, fields: Fields, status: int) -> Response:
    reader = Reader(request, language_of(request, dict(fields)), "language" in fields)
    with use(reader.language):
        words = check_words.check_words()
        return reader.page("check_closed.html", status=status, check=words, title=words["closed"])


ROUTES = [
    Route(path, endpoint(_answer, MOST_BYTES), methods=["GET", "POST"]) for path in ("/q/{token}", "/q/{token}/{step}")
]
