"""Invitations and teams: a link works once and for its time, a study keeps an owner, a role holds at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select

from survey_app.actions import accounts as accounts_acting
from survey_app.actions import invitations, teams
from survey_app.actions.accounts import AccountProblem
from survey_app.actions.backing_up import back_up
from survey_app.actions.demo import prepare_demo_study
from survey_app.actions.invitations import InvitationProblem
from survey_app.actions.restoring_study import restore
from survey_app.actions.rights import NotPermitted
from survey_app.actions.studies import add_coder, create_study, rename_study
from survey_app.actions.teams import TeamProblem
from survey_app.store import schema, sign_ins, studies, team
from survey_app.store.log import Gone
from survey_app.store.team import Role
from tests.survey_app.actions.test_accounts import ANOTHER, PASSWORD, at, make

__all__ = ["at"]


@pytest.fixture
def admin(fresh_store):
    """The store in the hands of the first administrator."""
    return fresh_store.acting(make(fresh_store)[0])


@pytest.fixture
def study(admin):
    return create_study(admin, "", title_en="Panel")


@pytest.fixture
def lonely(fresh_store):
    """A study that somebody worked in alone, with a second coder, before there were accounts."""
    study = create_study(fresh_store, "A", title_en="Panel")
    add_coder(fresh_store, "A", study["id"], "")
    return study


def come(store, token, login="guest"):
    """Accept a link with a new account; returns the store in its hands."""
    began = invitations.accept(store, token, login, login.title(), PASSWORD)
    return store.acting(sign_ins.signed_in(store, began)["id"])


def members(store, study):
    """{login: (role, coder's key)}"""
    with store.reading() as connection:
        found = team.members(connection, study["id"])
    return {row["login"]: (row["role"], row["coder_key"]) for row in found}


def coder(store, study, key):
    with store.reading() as connection:
        return next(row for row in studies.coders(connection, study["id"]) if row["key"] == key)


# ------------------------------------------------------------------ links


def test_whoever_makes_a_study_owns_it(fresh_store, admin, study):
    assert members(fresh_store, study) == {"first": ("owner", "A")}


@pytest.mark.parametrize(("role", "expected"), [(Role.OWNER, "B"), (Role.CODER, "B"), (Role.READER, None)])
def test_an_invitation_makes_an_account_a_member_and_a_coder_unless_they_only_read(
    fresh_store, admin, study, role, expected
):
    token = invitations.invite(admin, "A", study["id"], role, "Guest")
    offered = invitations.look_at(fresh_store, token)
    assert (offered.role, offered.study["id"], offered.name, offered.by) == (role.key, study["id"], "Guest", "First")
    guest = come(fresh_store, token)
    assert members(fresh_store, study)["guest"] == (role.key, expected)
    with fresh_store.reading() as connection:
        assert not team.is_admin(connection, guest.account)
    assert invitations.open_invitations(admin, study["id"]) == []


def test_a_link_works_once(fresh_store, admin, study):
    token = invitations.invite(admin, "A", study["id"], Role.CODER)
    come(fresh_store, token)
    with pytest.raises(InvitationProblem, match="no longer good"):
        come(fresh_store, token, "second")


def test_a_link_lasts_fourteen_days(fresh_store, admin, study, at):
    token = invitations.invite(admin, "A", study["id"], Role.CODER)
    at(days=13, hours=23)
    assert invitations.look_at(fresh_store, token)
    assert len(invitations.open_invitations(fresh_store, study["id"])) == 1
    at(hours=1)
    with pytest.raises(InvitationProblem, match="no longer good"):
        come(fresh_store, token)
    assert invitations.open_invitations(fresh_store, study["id"]) == []


def test_a_link_that_is_taken_back_leads_nowhere(fresh_store, admin, study):
    token = invitations.invite(admin, "A", study["id"], Role.CODER)
    (one,) = invitations.open_invitations(admin, study["id"])
    assert "token" not in one
    invitations.revoke(admin, "A", study["id"], one["id"])
    with pytest.raises(InvitationProblem, match="no longer good"):
        come(fresh_store, token)
    with pytest.raises(InvitationProblem):
        invitations.revoke(admin, "A", study["id"], one["id"])


def test_the_invitation_of_another_study_is_not_taken_back(fresh_store, admin, study):
    other = create_study(admin, "", title_en="Other")
    token = invitations.invite(admin, "A", other["id"], Role.CODER)
    (one,) = invitations.open_invitations(admin, other["id"])
    with pytest.raises(InvitationProblem):
        invitations.revoke(admin, "A", study["id"], one["id"])
    assert invitations.look_at(fresh_store, token)


def test_the_database_knows_no_token_of_a_link(fresh_store, admin, study):
    token = invitations.invite(admin, "A", study["id"], Role.CODER)
    with fresh_store.reading() as connection:
        kept = connection.scalars(select(schema.invitation.c.token)).all()
    assert token not in kept
    assert sign_ins.hashed(token) in kept


def test_a_login_in_use_does_not_use_the_link_up(fresh_store, admin, study):
    token = invitations.invite(admin, "A", study["id"], Role.CODER)
    with pytest.raises(AccountProblem, match="in use"):
        come(fresh_store, token, "first")
    come(fresh_store, token)


def test_somebody_with_an_account_joins_with_it_once(fresh_store, admin, study):
    other = create_study(admin, "", title_en="Other")
    guest = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.CODER))
    invitations.join(guest, invitations.invite(admin, "A", other["id"], Role.READER))
    assert members(fresh_store, other)["guest"] == ("reader", None)
    again = invitations.invite(admin, "A", other["id"], Role.CODER)
    with pytest.raises(InvitationProblem, match="already"):
        invitations.join(guest, again)
    assert invitations.look_at(fresh_store, again)
    with pytest.raises(NotPermitted):
        invitations.join(fresh_store.acting(""), again)


def test_of_many_who_open_one_link_at_once_one_gets_in(fresh_store, admin, study):
    token = invitations.invite(admin, "A", study["id"], Role.CODER)

    def attempt(number):
        try:
            come(fresh_store, token, f"guest{number}")
        except (InvitationProblem, AccountProblem):
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1
    assert len(members(fresh_store, study)) == 2


def test_several_who_come_at_once_get_a_key_each(fresh_store, admin, study):
    tokens = [invitations.invite(admin, "A", study["id"], Role.CODER) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: come(fresh_store, tokens[number], f"guest{number}"), range(4)))
    assert sorted(key for _role, key in members(fresh_store, study).values()) == ["A", "B", "C", "D", "E"]


# ------------------------------------------------------------------ studies from before


def test_a_study_without_an_owner_belongs_to_whoever_administers_and_invites_first(fresh_store, lonely, admin):
    with fresh_store.reading() as connection:
        assert team.member(connection, lonely["id"], admin.account).role is Role.OWNER
    invitations.invite(admin, "A", lonely["id"], Role.CODER)
    assert members(fresh_store, lonely) == {"first": ("owner", "A")}


def test_the_coder_of_before_comes_back_under_their_own_key(fresh_store, lonely, admin):
    token = invitations.invite(admin, "A", lonely["id"], Role.CODER, coder_id=coder(fresh_store, lonely, "B")["id"])
    with pytest.raises(InvitationProblem, match="promised"):
        invitations.invite(admin, "A", lonely["id"], Role.CODER, coder_id=coder(fresh_store, lonely, "B")["id"])
    come(fresh_store, token)
    assert members(fresh_store, lonely) == {"first": ("owner", "A"), "guest": ("coder", "B")}


def test_whoever_gives_the_first_key_away_takes_the_next(fresh_store, lonely, admin):
    come(
        fresh_store,
        invitations.invite(admin, "A", lonely["id"], Role.CODER, coder_id=coder(fresh_store, lonely, "A")["id"]),
    )
    assert members(fresh_store, lonely) == {"first": ("owner", "B"), "guest": ("coder", "A")}


def test_a_key_is_nobody_s_twice(fresh_store, lonely, admin):
    second = coder(fresh_store, lonely, "B")["id"]
    token = invitations.invite(admin, "A", lonely["id"], Role.CODER, coder_id=second)
    teams.change_coder(admin, "A", lonely["id"], admin.account, second)
    with pytest.raises(InvitationProblem, match="Somebody else has"):
        come(fresh_store, token)
    with pytest.raises(InvitationProblem, match="somebody's"):
        invitations.invite(admin, "B", lonely["id"], Role.CODER, coder_id=second)
    with pytest.raises(InvitationProblem, match="does not code"):
        invitations.invite(admin, "B", lonely["id"], Role.READER, coder_id=coder(fresh_store, lonely, "A")["id"])


def test_an_owner_who_is_gone_leaves_the_study_to_the_administrators(fresh_store, admin, study):
    owner = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.OWNER))
    teams.change_role(owner, "B", study["id"], admin.account, Role.CODER)
    with pytest.raises(NotPermitted):
        invitations.invite(admin, "A", study["id"], Role.CODER)
    accounts_acting.close_account(admin, owner.account)
    invitations.invite(admin, "A", study["id"], Role.CODER)
    assert members(fresh_store, study)["first"] == ("owner", "A")


def test_what_an_administrator_restores_or_prepares_is_theirs(fresh_store, admin, study, tmp_path):
    file = back_up(fresh_store, study, tmp_path)
    assert members(fresh_store, restore(admin, file, slug="again").study) == {"first": ("owner", "A")}
    demo = prepare_demo_study(admin, "en")
    assert members(fresh_store, demo) == {"first": ("owner", "A")}


# ------------------------------------------------------------------ teams


def test_the_last_owner_stays(fresh_store, admin, study):
    guest = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.RESEARCHER))
    for act in (
        lambda: teams.change_role(admin, "A", study["id"], admin.account, Role.RESEARCHER),
        lambda: teams.remove_member(admin, "A", study["id"], admin.account),
        lambda: teams.leave_study(admin, "A", study["id"]),
    ):
        with pytest.raises(TeamProblem, match="at least one owner"):
            act()
    teams.change_role(admin, "A", study["id"], guest.account, Role.OWNER)
    teams.leave_study(admin, "A", study["id"])
    assert members(fresh_store, study) == {"guest": ("owner", "B")}


def test_of_two_owners_who_demote_each_other_at_once_one_stays(fresh_store, admin, study):
    guest = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.OWNER))

    def demote(pair):
        try:
            teams.change_role(pair[0], pair[1], study["id"], pair[2].account, Role.CODER)
        except (TeamProblem, NotPermitted):
            return 0
        return 1

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(demote, [(admin, "A", guest), (guest, "B", admin)])) == 1


def test_a_role_holds_at_the_next_action(fresh_store, admin, study):
    guest = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.READER))
    with pytest.raises(NotPermitted):
        rename_study(guest, "", study["id"], title_en="Mine", title_ru="")
    teams.change_role(admin, "A", study["id"], guest.account, Role.RESEARCHER)
    rename_study(guest, "B", study["id"], title_en="Ours", title_ru="")
    assert members(fresh_store, study)["guest"] == ("researcher", "B")
    teams.change_role(admin, "A", study["id"], guest.account, Role.READER)
    assert members(fresh_store, study)["guest"] == ("reader", None)
    with pytest.raises(NotPermitted):
        rename_study(guest, "", study["id"], title_en="Mine", title_ru="")


def test_whoever_is_removed_leaves_their_key_in_the_study(fresh_store, admin, study):
    guest = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.CODER))
    teams.remove_member(admin, "A", study["id"], guest.account)
    assert [row["key"] for row in teams.coders_to_give(admin, study["id"])] == ["B"]
    with pytest.raises(NotPermitted):
        teams.leave_study(guest, "B", study["id"])
    with pytest.raises(Gone):
        teams.remove_member(admin, "A", study["id"], guest.account)


def test_only_an_owner_changes_the_team_and_a_coder_does_not_see_it(team):
    study, people = team
    with people["owner"][0].reading() as connection:
        reader = connection.scalar(select(schema.account.c.id).where(schema.account.c.login == "reader"))
    for role, may in (("owner", True), ("researcher", False), ("coder", False), ("reader", False)):
        store, coder = people[role]
        person = coder["key"] if coder else ""
        acts = [
            lambda: invitations.invite(store, person, study["id"], Role.OWNER),  # noqa: B023
            lambda: teams.change_role(store, person, study["id"], reader, Role.READER),  # noqa: B023
        ]
        for act in acts:
            if may:
                act()
            else:
                with pytest.raises(NotPermitted):
                    act()
    assert len(teams.team_of(people["researcher"][0], study["id"])) == 4
    with pytest.raises(NotPermitted):
        teams.team_of(people["coder"][0], study["id"])


def test_every_change_of_the_team_is_in_the_log_without_anybody_s_account(fresh_store, admin, study):
    guest = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.CODER))
    teams.change_role(admin, "A", study["id"], guest.account, Role.RESEARCHER)
    teams.remove_member(admin, "A", study["id"], guest.account)
    with fresh_store.reading() as connection:
        verbs = connection.scalars(select(schema.change.c.verb).where(schema.change.c.study_id == study["id"])).all()
        entities = set(connection.scalars(select(schema.event.c.entity)))
    assert verbs[-4:] == ["invite", "join", "change_role", "remove_member"]
    assert not entities & {"account", "membership", "invitation", "sign_in"}


def test_a_study_is_deleted_with_its_team_and_invitations(fresh_store, admin, study):
    token = invitations.invite(admin, "A", study["id"], Role.CODER, coder_id=None)
    with fresh_store.writing() as connection:
        connection.execute(delete(schema.study).where(schema.study.c.id == study["id"]))
    with pytest.raises(InvitationProblem):
        invitations.look_at(fresh_store, token)


def test_passwords_of_two_people_are_no_secret_of_each_other(fresh_store, admin, study):
    guest = come(fresh_store, invitations.invite(admin, "A", study["id"], Role.CODER))
    accounts_acting.change_password(guest, PASSWORD, ANOTHER)
    assert accounts_acting.sign_in(fresh_store, "first", PASSWORD)
