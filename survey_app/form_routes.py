"""The form at /f/<token>: answering a questionnaire by a personal link, without an account; and its preview.

The token is the right to all of it, and nobody can guess it; so a page of another site, which does not know it, can
send nothing here. Whatever is wrong with a link, its reader sees the same page.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from survey_app.actions import filling_in
from survey_app.actions.filling_in import Form, FormClosed, NotAgreed
from survey_app.actions.form_links import form_to_preview
from survey_app.auth.limiting import Limiter
from survey_app.desk_routes import store_of
from survey_app.form.door import Door, endpoint, is_own
from survey_app.form.pages import HEADERS, Reader, language_of, look
from survey_app.form.rooms import REVIEW, Room
from survey_app.form.sent_fields import Fields, changes_of, is_whole, read_fields
from survey_app.language import translate, use
from survey_app.questionnaires.filling import Filled
from survey_app.questionnaires.filling_rules import relevant
from survey_app.session import machine_store
from transcripts.messages import MessageError

LIMITER = Limiter()
DOOR = Door("rakurs-form-known", "/f/")
MOST_BYTES = 2_000_000
"""Of a page with all its answers, each letter of which may take six."""
LAST_SEQ = 2**31


class _TooOften(MessageError):
    """So many links led nowhere that whoever tries them has to wait; said as of any link that is not good."""


def _answer(request: Request, body: bytes) -> Response:
    """A page of a form, or where a form that was sent leads."""
    fields = read_fields(body, request.headers.get("content-type", "")) if request.method == "POST" else {}
    token, step = request.path_params["token"], request.path_params.get("step", "")
    with use(language_of(request, fields)):
        try:
            _need_own(request)
            form = _opened(request, token)
        except MessageError as problem:
            return _closed(request, fields, 429 if isinstance(problem, _TooOften) else 404)
    reader = _reader(request, fields, form.link["language"])
    with use(reader.language):
        room = _room(reader, form, token)
        try:
            if request.method == "POST":
                return _sent(room, form, token, step, fields)
            return _shown(room, form, token, step)
        except NotAgreed:
            return reader.go(room.address)
        except FormClosed:
            return _closed(request, fields, 404)


def _shown(room: Room, form: Form, token: str, step: str) -> Response:
    if not form.agreed:
        if step:
            return room.reader.go(room.address)
        withdrawn = bool(form.link["refused_at"])
        staying = filling_in.count_staying(machine_store(), token) if withdrawn else 0
        return room.show_consent(withdrawn=withdrawn, staying=staying)
    if not step:
        if form.link["submitted_at"]:
            return room.show_sent(int(form.link["draft"].get("kept", 0)))
        return room.reader.go(f"{room.address}/{_step(room, form.page) or room.before(1)}")
    if step == REVIEW:
        return room.show_review()
    number = _step(room, step)
    return room.show_sheet(number) if number else room.reader.go(room.address)


def _sent(room: Room, form: Form, token: str, step: str, fields: Fields) -> Response:
    go, store = "".join(fields.get("go", [])[-1:]), machine_store()
    language = room.reader.language if room.reader.chosen else ""
    if not form.agreed:
        if go != "agree":
            return room.reader.go(room.address)
        filling_in.agree(store, token, room.reader.language)
        return DOOR.know(room.reader.go(f"{room.address}/{room.before(1)}"), token)
    if go == "withdraw":
        filling_in.withdraw_consent(store, token)
        return room.reader.go(room.address)
    if step == REVIEW and go == "send":
        return _handed_in(room, token)
    number = _step(room, step)
    if not number:
        if language:
            filling_in.keep_page(store, token, {}, language=language)
        there = str(_step(room, go) or (room.before(None) if go == "back" else step))
        return room.reader.go(f"{room.address}/{there}" if there else room.address)
    sheet = room.sheet(number)
    assert sheet is not None
    if not is_whole(fields):
        return room.show_sheet(number, unread=True)
    kept = filling_in.keep_page(store, token, changes_of(form.instrument, sheet, fields), language=language)
    room = replace(room, filled=kept.filled)
    onward = _onward(room, number, go, fields)
    if onward is None:
        return room.show_sheet(number, tried=True)
    filling_in.keep_page(store, token, {}, page=onward.partition("#")[0])
    return room.reader.go(f"{room.address}/{onward}")


def _onward(room: Room, number: int, go: str, fields: Fields) -> str | None:
    """Where a page leads that was sent; None: it must be looked at again."""
    sheet = room.sheet(number)
    assert sheet is not None
    if go == "next":
        appeared = _appeared(room, number, fields)
        if appeared:
            return f"{number}#{appeared}"
        return None if room.wrong_on(sheet) else room.after(number)
    if go == "back":
        return room.before(number)
    return str(_step(room, go) or (REVIEW if go == REVIEW else number))


def _appeared(room: Room, number: int, fields: Fields) -> str:
    """The element of a question of this page that is asked only now, so that a reader without scripts has not seen it;
    "" where there is none."""
    if room.preview or "scripted" in fields or "shown" not in fields:
        return ""
    sheet, seen = room.sheet(number), set(fields["shown"])
    now = relevant(room.instrument, room.filled)
    keys = [line.key for item in sheet.questions for line in (item, *room.instrument.lines(item.key))] if sheet else []
    new = next((key for key in keys if key in now and key not in seen), "")
    return f"q{[item.key for item in room.instrument.items].index(new) + 1}" if new else ""


def _handed_in(room: Room, token: str) -> Response:
    try:
        wrong = filling_in.hand_in(machine_store(), token)
    except (NotAgreed, FormClosed):
        raise
    except MessageError as problem:
        return room.show_review(tried=True, problem=translate(problem.message))
    return room.show_review(tried=True) if wrong else room.reader.go(room.address)


def _draft(request: Request, body: bytes) -> Response:
    """Answers that a script sends as they are given."""
    token = request.path_params["token"]
    try:
        _need_own(request)
        message = json.loads(body)
        client, seq, changes, ages = message["client"], message["seq"], message["changes"], message.get("ages", {})
        if not (isinstance(client, str) and client.isascii() and type(seq) is int):
            raise ValueError
        if not (isinstance(changes, dict) and isinstance(ages, dict)):
            raise ValueError
        if not 0 < seq < LAST_SEQ:
            raise ValueError
        _opened(request, token)
        newer = filling_in.keep_draft(machine_store(), token, client, seq, changes, ages)
    except (ValueError, KeyError, TypeError, RecursionError):
        return JSONResponse({"done": False}, 400, HEADERS)
    except MessageError as problem:
        return JSONResponse({"done": False}, 429 if isinstance(problem, _TooOften) else 404, HEADERS)
    return JSONResponse({"done": True, "newer": newer}, headers=HEADERS)


def _preview(request: Request, body: bytes) -> Response:
    """The form as an expert sees it, for whoever may make it; what is sent is kept nowhere."""
    fields = read_fields(body, request.headers.get("content-type", "")) if request.method == "POST" else {}
    reader, study_id = _reader(request, fields, ""), request.path_params["study_id"]
    step, go = request.path_params.get("step", ""), "".join(fields.get("go", [])[-1:])
    with use(reader.language):
        try:
            instrument = form_to_preview(store_of(request), study_id)
        except MessageError:
            return _closed(request, fields, 403)
        room = Room(reader, instrument, Filled(), f"/form-preview/{study_id}", preview=True)
        number = _step(room, step)
        if request.method == "GET":
            if step == REVIEW:
                return room.show_review()
            return room.show_sheet(number) if number else room.show_consent()
        if number:
            return reader.go(f"{room.address}/{_onward(room, number, go, fields)}")
        return reader.go(f"{room.address}/{_step(room, go) or {'agree': 1, 'back': room.before(None)}.get(go, step)}")


def _opened(request: Request, token: str) -> Form:
    """What a link leads to. Links that lead nowhere are counted, by the browser where it knows a good one."""
    key = DOOR.key(request, token)
    if LIMITER.attempt([key]) > 0:
        raise _TooOften(filling_in.closed().message)
    form = filling_in.look_up(machine_store(), token)
    DOOR.opened(LIMITER, key)
    return form


def _need_own(request: Request) -> None:
    if not is_own(request):
        raise filling_in.closed()


def _reader(request: Request, fields: Fields, kept: str) -> Reader:
    return Reader(request, language_of(request, dict(fields), kept), "language" in fields)


def _room(reader: Reader, form: Form, token: str) -> Room:
    return Room(
        reader, form.instrument, form.filled, f"/f/{token}", name=form.link["id"], until=form.link["expires_at"],
        sent=bool(form.link["submitted_at"]),
    )  # fmt: skip


def _step(room: Room, step: str) -> int:
    """The number of a page in an address, 0 for what is none."""
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 4 else 0
    return number if room.sheet(number) else 0


def _closed(request: Request, fields: Fields, status: int) -> Response:
    reader = _reader(request, fields, "")
    with use(reader.language):
        return reader.page("closed.html", status=status)


async def _look(request: Request) -> Response:
    return look(request.path_params["file"]) or PlainTextResponse("", 404, HEADERS)


def _both(path: str, answer: Any) -> list[Route]:
    return [Route(each, endpoint(answer, MOST_BYTES), methods=["GET", "POST"]) for each in (path, f"{path}/{{step}}")]


ROUTES = [
    Route("/f/look/{file}", _look),
    Route("/f/{token}/draft", endpoint(_draft, MOST_BYTES), methods=["POST"]),
    *_both("/f/{token}", _answer),
    *_both("/form-preview/{study_id}", _preview),
]
