"""Recordings at /recording/<id>: in the pieces that a player asks for, and only with a token of ours."""

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from survey_app.media import shelf, tokens
from survey_app.media.kinds import KINDS
from survey_app.session import machine_store
from survey_app.settings import settings
from survey_app.store import recordings

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
    if row is None or row["media_type"] not in KINDS:  # a row that was restored from a copy could say anything
        return _nothing_here()
    file = shelf.place_of(settings().recordings_folder, row["id"])
    if not file.is_file():
        return _nothing_here()
    return FileResponse(file, headers=HEADERS, media_type=row["media_type"])


def _nothing_here() -> Response:
    return PlainTextResponse("", 404, HEADERS)


ROUTES = [Route("/recording/{recording_id:path}", _play)]
