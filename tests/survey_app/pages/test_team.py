"""The pages about people: the owner invites and changes, a researcher looks, others are sent away; alone nobody asks."""

import pytest

from survey_app import session
from survey_app.actions import invitations
from survey_app.settings import settings
from survey_app.store import accounts as account_rows
from survey_app.store import schema, sign_ins, team
from tests.survey_app.jobs.watching import PATIENCE_S
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, words


@pytest.fixture
def people(team, monkeypatch):
    """(study, {role: (store, coder)}); call `sign_in(role)` to come as one of them."""
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    return team


@pytest.fixture
def sign_in(people, monkeypatch):
    def come(role, *, admin=False):
        store = people[1][role][0]
        with store.writing() as connection:
            if admin:
                account_rows.change(connection, store.account, admin=True)
            token = sign_ins.begin(connection, store.account)
        monkeypatch.setattr(session, "token", lambda: token)
        return token

    return come


def links(app):
    return [one.value for one in app.code]


@pytest.mark.parametrize("page", ["team", "accounts"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_alone_a_page_about_people_says_how_to_become_a_team(data_folder, page, language):
    app = open_page(page, "demo-en", language)
    assert "RAKURS_TEAM=1" in words(app)
    assert not [one for one in app.get("page_link") if "team" in one.proto.page or "accounts" in one.proto.page]


def test_the_owner_sees_everybody_and_makes_a_link_that_is_shown_once(people, sign_in):
    sign_in("owner")
    app = open_page("team", "demo-en")
    told = words(app)
    for role, key in (("owner", "A"), ("researcher", "B"), ("coder", "C")):
        assert f"{role} · {role} · codes as {key}" in told
    app.get_by_key("invite-role").select("reader").run()
    app = press(app, "Make the link")
    (link,) = links(app)
    offered = invitations.look_at(people[1]["owner"][0], link.rpartition("/")[2])
    assert (offered.role, offered.study["slug"]) == ("reader", "demo-en")
    assert "It is shown only now." in app.success[0].value
    app = press(app, "Take back")
    assert links(app) == []
    assert invitations.open_invitations(people[1]["owner"][0], people[0]["id"]) == []


def test_a_role_is_changed_and_the_last_owner_is_kept(people, sign_in):
    sign_in("owner")
    study, roles = people
    app = open_page("team", "demo-en")
    mine = next(one for one in app.selectbox if one.label == "Role" and one.value == "owner")
    app = mine.select("coder").run()
    given = next(one for one in app.button if one.label == "Give this role" and not one.disabled)
    app = given.click().run()
    assert problems(app) == [
        "A study keeps at least one owner. Make somebody else its owner first. Nothing was changed."
    ]
    reader = roles["reader"][0]
    app = open_page("team", "demo-en")
    app = next(one for one in app.selectbox if one.label == "Role" and one.value == "reader").select("coder").run()
    next(one for one in app.button if one.label == "Give this role" and not one.disabled).click().run()
    with reader.reading() as connection:
        found = team.member(connection, study["id"], reader.account)
    assert (found.role.key, found.coder_key) == ("coder", "D")


def test_a_researcher_looks_and_changes_nothing(people, sign_in):
    sign_in("researcher")
    app = open_page("team", "demo-en")
    assert "The owner of the study changes its team." in words(app)
    assert app.title[0].value == "Team"
    assert not [one for one in app.button if one.label in {"Make the link", "Give this role", "Remove from the study"}]


@pytest.mark.parametrize("role", ["coder", "reader"])
def test_others_do_not_see_the_team(people, sign_in, role):
    sign_in(role)
    app = open_page("team", "demo-en")
    assert "This page is not for your role" in words(app)
    assert "owner · owner" not in words(app)


def test_the_menu_says_who_is_signed_in_and_as_what(people, sign_in):
    sign_in("reader")
    app = open_page("home", "demo-en")
    told = words(app)
    assert "**reader** · reader" in told
    assert "/auth/account" in "".join(one.proto.body for one in app.get("html"))


def test_after_signing_out_the_next_click_asks_to_sign_in(people, sign_in):
    token = sign_in("owner")
    app = open_page("team", "demo-en")
    with people[1]["owner"][0].writing() as connection:
        sign_ins.end(connection, token)
    app = app.run()
    assert "You are not signed in" in words(app)
    assert "owner · owner" not in words(app)


def test_an_account_speaks_its_language_at_first(people, sign_in, data_folder):
    sign_in("owner")
    store = people[1]["owner"][0]
    with store.writing() as connection:
        account_rows.change(connection, store.account, language="ru")
    from streamlit.testing.v1 import AppTest

    from tests.survey_app.pages.opening import APP

    app = AppTest.from_file(APP, default_timeout=PATIENCE_S)
    app.context["locale"] = "en-US"
    app.run()
    assert app.title[0].value == russian("Studies")


def test_accounts_are_for_administrators(people, sign_in):
    sign_in("owner")
    assert "This page is not for your role" in words(open_page("accounts"))


def test_an_administrator_closes_accounts_and_makes_links(people, sign_in):
    sign_in("owner", admin=True)
    store = people[1]["owner"][0]
    with store.writing() as connection:
        for role in ("coder", "reader"):
            account_rows.change(connection, people[1][role][0].account, password="$argon2id$of-nobody")
    app = open_page("accounts")
    assert "owner · you · administrator · 1 study" in words(app)
    coder = people[1]["coder"][0].account
    app = app.get_by_key(f"reset-{coder}").click().run()
    assert f"/auth/password/{coder}." in links(app)[0]
    app = app.get_by_key(f"close-{coder}").click().run()
    assert "closed on" in words(app)
    assert links(app) == []
    app = app.get_by_key(f"reopen-{coder}").click().run()
    assert "closed on" not in words(app)
    app = app.get_by_key(f"admin-{store.account}").click().run()
    assert problems(app) == ["This is the only administrator. Make somebody else one first. Nothing was changed."]
    app = press(app, "Make the link")
    assert invitations.look_at(store, links(app)[0].rpartition("/")[2]).role == "admin"
    assert button(app, "Take back")


def test_a_study_that_nobody_owns_says_whose_it_is(people, sign_in):
    sign_in("reader", admin=True)
    store = people[1]["owner"][0]
    with store.writing() as connection:
        connection.execute(schema.membership.delete().where(schema.membership.c.study_id == people[0]["id"]))
    app = open_page("team", "demo-en")
    assert app.info[0].value.startswith("Nobody owns this study yet")
    press(app, "Make the link")
    with store.reading() as connection:
        assert [row["role"] for row in team.members(connection, people[0]["id"])] == ["owner"]
