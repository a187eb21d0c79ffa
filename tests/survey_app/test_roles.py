"""Every action and every page, as every role: who may not is refused by the server, and nothing has changed."""

import inspect
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from survey_app import navigation, session
from survey_app.actions.desk_paper import Desk
from survey_app.actions.rights import NotPermitted
from survey_app.settings import settings
from survey_app.store import schema
from survey_app.store.log import new_id
from survey_app.store.team import Role
from tests.survey_app.actions.test_rights import actions_of_people
from tests.survey_app.pages.opening import open_page, words

ACTIONS = [(module, name, action) for module, name, action in actions_of_people() if hasattr(action, "needs")]
ROLES = ("owner", "researcher", "coder", "reader", "stranger", "nobody")


@pytest.fixture
def people(team):
    """The study, and everybody: also a person of another study, and somebody who has not signed in."""
    study, found = team
    owner = found["owner"][0]
    stranger = new_id()
    with owner.writing() as connection:
        connection.execute(schema.account.insert().values(id=stranger, login="stranger", name="", admin=False))
    return study, found | {"stranger": (owner.acting(stranger), None), "nobody": (owner.acting(""), None)}


def given(action, study, store, coder):
    """Arguments by their names: the study, and who acts; anything for the rest."""
    coder_id, key = (coder["id"], coder["key"]) if coder else (None, "")
    known = {
        "store": store, "study_id": study["id"], "study": study, "person": key, "coder_id": coder_id, "coder": coder,
        "coder_key": key, "desk": Desk(study["id"], "", coder_id or "", key),
    }  # fmt: skip
    parameters = inspect.signature(action).parameters.values()
    return {
        each.name: known.get(each.name, "")
        for each in parameters
        if each.default is each.empty and each.kind is not each.VAR_KEYWORD
    }


@contextmanager
def without_doing(action):
    """The guard of an action, with nothing behind it."""
    cell = next(
        cell for name, cell in zip(action.__code__.co_freevars, action.__closure__, strict=True) if name == "action"
    )
    kept = cell.cell_contents
    cell.cell_contents = lambda *_args, **_kwargs: "done"
    try:
        yield
    finally:
        cell.cell_contents = kept


def may(role, needed):
    if needed == "admin":
        return False
    if needed == "account":  # whoever has signed in, about their own account
        return role != "nobody"
    return role in Role.__members__.keys() | {each.key for each in Role} and Role[role.upper()] >= needed


@pytest.mark.parametrize("role", ROLES)
def test_every_action_as_every_role(people, role):
    study, found = people
    store, coder = found[role]
    count = select(func.count()).select_from(schema.event)
    with store.reading() as connection:
        before = connection.scalar(count)
    wrong = []
    for module, name, action in ACTIONS:
        arguments = given(action, study, store, coder)
        with without_doing(action):
            try:
                answer = action(**arguments)
            except NotPermitted:
                answer = "refused"
        if answer != ("done" if may(role, action.needs) else "refused"):
            wrong.append((module, name, answer))
    assert wrong == []
    with store.reading() as connection:
        assert connection.scalar(count) == before


@pytest.mark.parametrize("role", ROLES)
def test_an_action_that_is_refused_does_nothing(people, role):
    study, found = people
    store, coder = found[role]
    for _module, _name, action in ACTIONS:
        if not may(role, action.needs):
            with pytest.raises(NotPermitted):
                action(**given(action, study, store, coder))


def test_whoever_sits_at_the_machine_may_do_everything(people):
    study, found = people
    machine = found["owner"][0].acting(None)
    for _module, _name, action in ACTIONS:
        if action.needs != "account":  # the machine has none
            with without_doing(action):
                assert action(**given(action, study, machine, None)) == "done"


@pytest.fixture
def signed_in(people, monkeypatch):
    """Let the tab be that of a person: signed_in(role)."""
    study, found = people
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()

    def as_role(role):
        account = found[role][0].account
        monkeypatch.setattr(
            session, "account", lambda: {"id": account, "name": role, "login": role} if account else None
        )
        return study

    yield as_role
    settings.cache_clear()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_as_every_role(signed_in, role):
    study = signed_in(role)
    wrong = []
    for several in navigation.places().values():
        for place in several:
            said = words(open_page(place.name, study["slug"]))
            opened = not any(sentence in said for sentence in (
                "not for your role", "You are not signed in", "No study is open", "No study yet",
            ))  # fmt: skip
            if opened != may(role, place.role):
                wrong.append((place.name, said[:200]))
    assert wrong == []
