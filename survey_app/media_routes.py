"""Recordings at /recording/<id>: in pieces, only with a token of ours, and in a team only for whoever codes there."""

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from survey_app.media import shelf, tokens
from survey_app.media.kinds import KINDS
from survey_app.session import COOKIE, machine_store
from survey_app.settings import settings
from survey_app.store import recordings, schema, sign_ins, team
from survey_app.store.log import fetch
from survey_app.store.team import Role

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _play(request: Request) -> Response:
    """A recording or a range of it. What is not there and what one may not have look the same."""
    recording_id = request.path_params["recording_id"]
    if not tokens.is_good(settings().data_folder, recording_id, request.query_params.get("token", "")):
        return _nothing_here()
    with machine_store().reading() as connection:
        row = recordings.recording(connection, recording_id)
    if row is None or not _may_hear(request, row["source_id"]):
        return _nothing_here()
    if row["media_type"] not in KINDS:  # a row that was restored from a copy could say anything
        return _nothing_here()
    file = shelf.place_of(settings().recordings_folder, row["id"])
    if not file.is_file():
        return _nothing_here()
    return FileResponse(file, headers=HEADERS, media_type=row["media_type"])


def _may_hear(request: Request, source_id: str) -> bool:
    """In a team, whoever has signed in and codes in the study; alone, whoever has the address."""
    if not settings().team:
        return True
    account = sign_ins.signed_in(machine_store(), request.cookies.get(COOKIE, ""))
    if account is None:
        return False
    with machine_store().reading() as connection:
        source = fetch(connection, schema.source, source_id)
        found = team.member(connection, source["study_id"], account["id"])
    return found is not None and found.role >= Role.CODER


def _nothing_here() -> Response:
    return PlainTextResponse("", 404, HEADERS)


ROUTES = [Route("/recording/{recording_id:path}", _play)]
