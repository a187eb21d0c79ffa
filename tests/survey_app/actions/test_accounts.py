"""Accounts: passwords that only their owner knows, sign-ins that end, links that work once, and the last administrator."""

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from survey_app.actions import accounts as acting
from survey_app.actions import invitations
from survey_app.actions.accounts import AccountProblem, SignInRefused
from survey_app.actions.rights import NotPermitted
from survey_app.auth import passwords
from survey_app.auth.passwords import UnfitPassword
from survey_app.store import accounts, schema, sign_ins

PASSWORD = "seven quiet mountains"
ANOTHER = "eight loud rivers"


@pytest.fixture
def at(monkeypatch):
    """Turn the clock of the store forward."""

    def later(**time):
        moment = (datetime.fromisoformat(sign_ins.now()) + timedelta(**time)).isoformat(timespec="seconds")
        for module in ("sign_ins", "invitations", "log", "team", "accounts"):
            monkeypatch.setattr(f"survey_app.store.{module}.now", lambda: moment)
        monkeypatch.setattr(acting, "now", lambda: moment)

    return later


def make(store, login="first", admin=True):
    """An account; returns (its id, the token of its sign-in)."""
    token = acting_admin(store) if admin else None
    token = invitations.accept(store, token or invitations.invite_admin(store), login, login.title(), PASSWORD)
    account = sign_ins.signed_in(store, token)
    if not admin:
        acting.make_admin(store, account["id"], admin=False)
    return account["id"], token


def acting_admin(store):
    return invitations.invite_admin(store)


def kept(store, account_id):
    with store.reading() as connection:
        return accounts.password_of(connection, account_id)


# ------------------------------------------------------------------ passwords


def test_of_a_password_only_an_argon2id_hash_is_kept(fresh_store, empty_folder, passwords_as_kept):
    account_id, _token = make(fresh_store)
    found = kept(fresh_store, account_id)
    assert found.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PasswordHasher().verify(found, PASSWORD)
    fresh_store.engine.dispose()
    assert PASSWORD.encode() not in b"".join(file.read_bytes() for file in empty_folder.glob("rakurs.db*"))


def test_a_hash_of_weaker_parameters_is_made_anew_at_the_next_sign_in(fresh_store):
    account_id, _token = make(fresh_store)
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with fresh_store.writing() as connection:
        accounts.change(connection, account_id, password=weak)
    acting.sign_in(fresh_store, "first", PASSWORD)
    assert kept(fresh_store, account_id) != weak
    assert not passwords.is_outdated(kept(fresh_store, account_id))


@pytest.mark.parametrize("unfit", ["", "nine char", "a" * 201, "Owner.of.all"])
def test_a_password_that_protects_nobody_is_refused(fresh_store, unfit):
    with pytest.raises(UnfitPassword):
        invitations.accept(fresh_store, invitations.invite_admin(fresh_store), "owner.of.all", "O", unfit)


def test_a_letter_typed_in_two_parts_is_the_same_letter(fresh_store):
    invitations.accept(fresh_store, invitations.invite_admin(fresh_store), "first", "F", "ёжик в тумане")
    assert acting.sign_in(fresh_store, "FIRST ", "е\u0308жик в тумане")


def test_unknown_closed_and_wrong_are_one_sentence_after_the_same_work(fresh_store, monkeypatch, passwords_as_kept):
    make(fresh_store)
    second, _token = make(fresh_store, "second")
    acting.close_account(fresh_store, second)
    verified = []
    real = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda kept, given: (verified.append(kept), real(kept, given))[1])
    said = set()
    for login, password in (("first", "wrong password"), ("nobody", PASSWORD), ("second", PASSWORD), ("no\0body", "x")):
        with pytest.raises(SignInRefused) as refused:
            acting.sign_in(fresh_store, login, password)
        said.add(str(refused.value))
    assert len(said) == 1
    assert [kept.split("$")[3] for kept in verified] == ["m=65536,t=3,p=4"] * 4


def test_a_new_password_asks_for_the_old_one_and_ends_other_sign_ins(fresh_store):
    account_id, here = make(fresh_store)
    elsewhere = acting.sign_in(fresh_store, "first", PASSWORD)
    mine = fresh_store.acting(account_id)
    with pytest.raises(AccountProblem, match="old password"):
        acting.change_password(mine, "not this one", ANOTHER, token=here)
    acting.change_password(mine, PASSWORD, ANOTHER, token=here)
    assert sign_ins.signed_in(fresh_store, here)
    assert sign_ins.signed_in(fresh_store, elsewhere) is None
    with pytest.raises(SignInRefused):
        acting.sign_in(fresh_store, "first", PASSWORD)
    assert acting.sign_in(fresh_store, "first", ANOTHER)


def test_nobody_changes_a_password_without_being_signed_in(fresh_store):
    make(fresh_store)
    for nobody in (fresh_store, fresh_store.acting(""), fresh_store.acting("no such account")):
        with pytest.raises(NotPermitted):
            acting.change_password(nobody, PASSWORD, ANOTHER)


# ------------------------------------------------------------------ sign-ins


def test_the_database_knows_no_token(fresh_store):
    _account, token = make(fresh_store)
    with fresh_store.reading() as connection:
        (stored,) = connection.scalars(select(schema.sign_in.c.token))
    assert stored == sign_ins.hashed(token)
    assert sign_ins.signed_in(fresh_store, stored) is None
    assert "password" not in sign_ins.signed_in(fresh_store, token)


def test_a_sign_in_ends_where_it_is_signed_out_and_everywhere(fresh_store):
    account_id, first = make(fresh_store)
    second, third = (acting.sign_in(fresh_store, "first", PASSWORD) for _ in range(2))
    acting.sign_out(fresh_store, first)
    assert [bool(sign_ins.signed_in(fresh_store, token)) for token in (first, second, third)] == [False, True, True]
    acting.sign_out_everywhere(fresh_store.acting(account_id))
    assert [bool(sign_ins.signed_in(fresh_store, token)) for token in (second, third)] == [False, False]


def test_a_sign_in_that_nobody_uses_ends_after_seven_days(fresh_store, at):
    _account, token = make(fresh_store)
    at(days=6, hours=23)
    assert sign_ins.signed_in(fresh_store, token)
    at(days=6, hours=23)
    assert sign_ins.signed_in(fresh_store, token)
    at(days=7, seconds=1)
    assert sign_ins.signed_in(fresh_store, token) is None


def test_a_sign_in_ends_after_thirty_days_however_it_is_used(fresh_store, at):
    _account, token = make(fresh_store)
    for _ in range(5):
        at(days=5, hours=23)
        assert sign_ins.signed_in(fresh_store, token)
    at(hours=6)
    assert sign_ins.signed_in(fresh_store, token) is None


def test_use_is_noted_at_most_once_an_hour_and_what_is_over_is_forgotten(fresh_store, at):
    _account, token = make(fresh_store)

    def seen():
        with fresh_store.reading() as connection:
            return connection.scalars(select(schema.sign_in.c.seen_at)).all()

    began = seen()
    at(minutes=59)
    sign_ins.signed_in(fresh_store, token)
    assert seen() == began
    at(minutes=2)
    sign_ins.signed_in(fresh_store, token)
    assert seen() != began
    at(days=8)
    acting.sign_in(fresh_store, "first", PASSWORD)
    assert len(seen()) == 1


# ------------------------------------------------------------------ administrators


def test_the_first_link_is_for_the_first_account_alone(fresh_store):
    older, newer = invitations.first_invitation(fresh_store), invitations.first_invitation(fresh_store)
    with pytest.raises(invitations.InvitationProblem):
        invitations.look_at(fresh_store, older)
    invitations.accept(fresh_store, newer, "first", "First", PASSWORD)
    assert invitations.first_invitation(fresh_store) == ""


def test_the_last_administrator_stays(fresh_store):
    first, _token = make(fresh_store)
    store = fresh_store.acting(first)
    for act in (lambda: acting.close_account(store, first), lambda: acting.make_admin(store, first, admin=False)):
        with pytest.raises(AccountProblem, match="only administrator"):
            act()
    second, token = make(fresh_store, "second")
    acting.close_account(store, second)
    assert sign_ins.signed_in(fresh_store, token) is None
    with pytest.raises(AccountProblem, match="only administrator"):
        acting.close_account(store, first)
    acting.reopen_account(store, second)
    assert acting.sign_in(fresh_store, "second", PASSWORD)
    acting.make_admin(store, first, admin=False)
    with pytest.raises(NotPermitted):
        acting.all_accounts(store)


def test_a_link_for_a_new_password_works_once(fresh_store, at):
    make(fresh_store)
    second, token = make(fresh_store, "second", admin=False)
    with pytest.raises(NotPermitted):
        acting.reset_link(fresh_store.acting(second), second)
    link = acting.reset_link(fresh_store, second)
    with pytest.raises(UnfitPassword):
        acting.reset_password(fresh_store, link, "short")
    fresh = acting.reset_password(fresh_store, link, ANOTHER)
    assert sign_ins.signed_in(fresh_store, fresh)["id"] == second
    assert sign_ins.signed_in(fresh_store, token) is None
    with pytest.raises(AccountProblem, match="no longer good"):
        acting.reset_password(fresh_store, link, PASSWORD)


def test_a_link_for_a_new_password_is_void_when_forged_late_or_of_a_closed_account(fresh_store, at):
    make(fresh_store)
    second, _token = make(fresh_store, "second", admin=False)
    link = acting.reset_link(fresh_store, second)
    account_id, until, signature = link.split(".")
    for forged in ("", "x", f"{account_id}.{int(until) + 9}.{signature}", f"{account_id}.{until}.{'0' * 64}"):
        with pytest.raises(AccountProblem, match="no longer good"):
            acting.account_to_reset(fresh_store, forged)
    acting.close_account(fresh_store, second)
    with pytest.raises(AccountProblem, match="no longer good"):
        acting.account_to_reset(fresh_store, link)
    acting.reopen_account(fresh_store, second)
    assert acting.account_to_reset(fresh_store, link)["login"] == "second"
    at(days=3, seconds=1)
    with pytest.raises(AccountProblem, match="no longer good"):
        acting.account_to_reset(fresh_store, link)


def test_names_and_logins_are_one_line_that_can_be_typed(fresh_store):
    account_id, _token = make(fresh_store)
    acting.describe_account(fresh_store.acting(account_id), "  Анна\n\u202e Орлова ", "ru")
    (row,) = acting.all_accounts(fresh_store)
    assert (row["name"], row["language"]) == ("Анна Орлова", "ru")
    for login in ("ab", "two words", "a/b", "x" * 101):
        with pytest.raises(AccountProblem, match="login"):
            invitations.accept(fresh_store, invitations.invite_admin(fresh_store), login, "N", PASSWORD)
    with pytest.raises(AccountProblem, match="name"):
        invitations.accept(fresh_store, invitations.invite_admin(fresh_store), "second", " \n", PASSWORD)
    with pytest.raises(AccountProblem, match="in use"):
        invitations.accept(fresh_store, invitations.invite_admin(fresh_store), "ＦＩＲＳＴ", "N", PASSWORD)
