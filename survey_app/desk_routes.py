"""Whether a coding desk would be told anything new, at /desk-news: every second, from every desk that is looked at.

The answer is a status alone: 204 for nothing, 200 for something. What it is, the desk then asks as ever.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from survey_app.actions.desk_news import has_news
from survey_app.session import COOKIE, alone, machine_store
from survey_app.store import sign_ins
from survey_app.store.log import Store
from transcripts.messages import MessageError

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _news(request: Request) -> Response:
    """200, 204, or 403 for who may not ask and for what makes no sense."""
    asked = request.query_params
    try:
        news = has_news(
            store_of(request), asked["study"], asked["source"], asked["coder"], int(asked["revision"]), asked["state"]
        )
    except (KeyError, ValueError, MessageError):
        return Response(status_code=403, headers=HEADERS)
    return Response(status_code=200 if news else 204, headers=HEADERS)


def store_of(request: Request) -> Store:
    """The store in the hands of whoever asks."""
    if alone():
        return machine_store()
    token = request.cookies.get(COOKIE, "")
    with machine_store().reading() as connection:
        account = sign_ins.account_of(connection, token) if token else None
    return machine_store().acting(account["id"] if account else "")


ROUTES = [Route("/desk-news", _news)]
