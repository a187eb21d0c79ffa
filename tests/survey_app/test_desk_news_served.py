"""The route that every desk asks each second: a status and nothing else, and only for who may ask."""

import pytest
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.actions.coding_desk import Operation, take
from survey_app.actions.desk_news import state_of
from survey_app.actions.desk_paper import Desk, snapshot
from survey_app.desk_routes import ROUTES
from survey_app.session import COOKIE, open_store
from survey_app.settings import settings
from survey_app.store import schema, sources
from survey_app.store.log import new_id, now
from survey_app.store.sign_ins import hashed

TOKEN = "a token of a test"


@pytest.fixture
def asking(team):
    """Asks as a browser at the desk of the team's coder, with what it knows; returns (desk, ask)."""
    study, people = team
    store, coder = people["coder"]
    with store.reading() as connection:
        source = sources.sources(connection, study["id"], "session")[0]["id"]
    desk = Desk(study["id"], source, coder["id"], coder["key"])
    knows = {
        "study": study["id"], "source": source, "coder": coder["id"], "revision": snapshot(store, desk).revision,
        "state": state_of(store, study["id"], source, coder["id"]),
    }  # fmt: skip
    client = TestClient(Starlette(routes=ROUTES))

    def ask(token="", **more):
        said = client.get("/desk-news", params=knows | more, cookies={COOKIE: token} if token else None)
        assert said.content == b""
        return said.status_code

    yield store, desk, ask
    open_store.cache_clear()


@pytest.fixture
def signed_in(asking, monkeypatch):
    """The same in a team: the coder has a token."""
    store, desk, ask = asking
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    with store.writing() as connection:
        connection.execute(
            schema.sign_in.insert().values(
                id=new_id(),
                account_id=store.account,
                token=hashed(TOKEN),
                created_at=now(),
                seen_at=now(),
                expires_at="2999-01-01T00:00:00+00:00",
            )
        )
    yield store, desk, ask
    settings.cache_clear()


def flag(store, desk):
    with store.reading() as connection:
        about = sources.statements(connection, desk.source_id)[0]["id"]
    assert not take(store, desk, [Operation(client="other tab", seq=1, do="flag", about=about, text="1")]).refused


def test_a_desk_is_told_whether_there_is_anything_new(asking):
    store, desk, ask = asking
    assert ask() == 204
    flag(store, desk)
    assert ask() == 200


def test_in_a_team_only_who_has_signed_in_and_codes_there_is_answered(signed_in):
    store, desk, ask = signed_in
    assert ask() == 403
    assert ask("another token") == 403
    assert ask(TOKEN) == 204
    flag(store, desk)
    assert ask(TOKEN) == 200
    assert ask(TOKEN, coder=new_id()) == 403
    assert ask(TOKEN, study=new_id()) == 403
    member = schema.membership
    with store.writing() as connection:
        connection.execute(update(member).where(member.c.coder_id == desk.coder_id).values(role="reader"))
    assert ask(TOKEN) == 403


@pytest.mark.parametrize("nonsense", ["x", "", "1.5"])
def test_what_makes_no_sense_is_refused(asking, nonsense):
    _store, _desk, ask = asking
    assert ask(revision=nonsense) == 403
    assert ask(revision="9" * 30) == 200
