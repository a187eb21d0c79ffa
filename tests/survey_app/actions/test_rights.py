"""Who may do what: the role is read from the database at every action."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest
from sqlalchemy import delete, update

from survey_app import actions
from survey_app.actions.assigning import (
    AssigningRefused,
    assign,
    change_assignment,
    own_assignment,
    withdraw_assignment,
)
from survey_app.actions.code_merging import merge_codes, preview_archive, preview_merge
from survey_app.actions.codebook_seen import codes_seen
from survey_app.actions.codebook_versions import compare_versions, versions
from survey_app.actions.comparing import said_by
from survey_app.actions.history import history_of
from survey_app.actions.memos import memos_of, write_memo
from survey_app.actions.opening import open_comparison
from survey_app.actions.results import frames_of, stamp_of
from survey_app.actions.rights import NotPermitted
from survey_app.actions.studies import create_study, need_study, rename_coder, rename_study
from survey_app.actions.teams import TeamProblem, change_role
from survey_app.store import schema, sources
from survey_app.store.log import Gone
from survey_app.store.team import Role

OPEN_TO_ALL = {
    ("studies", "need_study"),  # names a study; whoever asks is asked for their role by whatever comes next
    ("accounts", "sign_in"),  # the password is the right to it
    ("accounts", "sign_out"),  # so is the token of a sign-in, and that of a link
    ("accounts", "account_to_reset"),
    ("accounts", "reset_password"),
    ("invitations", "look_at"),
    ("invitations", "accept"),
    ("filling_in", "look_up"),  # the token of an expert's link is the right to their own form
    ("filling_in", "agree"),
    ("filling_in", "keep_draft"),
    ("filling_in", "keep_page"),
    ("filling_in", "hand_in"),
    ("filling_in", "withdraw_consent"),
    ("filling_in", "count_staying"),
    ("own_check", "look_up"),  # and so is that of a link to their own quotes
    ("own_check", "open_link"),
    ("own_check", "answer"),
}


def actions_of_people():
    """Every function that a person's act can call: (module, name, function)."""
    for module in iter_modules(actions.__path__):
        loaded = import_module(f"survey_app.actions.{module.name}")
        for name, function in vars(loaded).items():
            if not inspect.isfunction(function) or function.__module__ != loaded.__name__ or name.startswith("_"):
                continue
            if next(iter(inspect.signature(function).parameters), "") == "store":
                yield module.name, name, function


def test_every_action_says_whom_it_needs():
    unguarded = [
        (module, name)
        for module, name, function in actions_of_people()
        if module != "rights" and not hasattr(function, "needs") and (module, name) not in OPEN_TO_ALL
    ]
    assert unguarded == []


def test_a_role_may_do_what_those_below_it_may(team):
    study, people = team
    for role, may in (("owner", True), ("researcher", True), ("coder", False), ("reader", False)):
        store, coder = people[role]
        ask = lambda: rename_study(store, coder["key"] if coder else "", study["id"], title_en=role, title_ru="")  # noqa: B023, E731
        if may:
            ask()
        else:
            with pytest.raises(NotPermitted):
                ask()


def test_nobody_acts_under_the_name_of_another_coder(team):
    study, people = team
    store, _own = people["coder"]
    _store, other = people["owner"]
    with pytest.raises(NotPermitted):
        memos_of(store, study["id"], other["id"])
    with pytest.raises(NotPermitted):
        write_memo(store, other["key"], study["id"], other["id"], about="study", about_id=study["id"], text="no")


def test_a_role_that_is_withdrawn_holds_at_the_next_action(team):
    study, people = team
    store, coder = people["researcher"]
    rename_study(store, coder["key"], study["id"], title_en="before", title_ru="")
    with store.writing() as connection:
        connection.execute(
            update(schema.membership).where(schema.membership.c.coder_id == coder["id"]).values(role="coder")
        )
    with pytest.raises(NotPermitted):
        rename_study(store, coder["key"], study["id"], title_en="after", title_ru="")
    with store.writing() as connection:
        connection.execute(delete(schema.membership).where(schema.membership.c.coder_id == coder["id"]))
    with pytest.raises(NotPermitted):
        frames_of(store, study["id"])


def test_who_has_not_signed_in_may_do_nothing(team):
    study, people = team
    nobody = people["owner"][0].acting("")
    with pytest.raises(NotPermitted):
        frames_of(nobody, study["id"])
    with pytest.raises(NotPermitted):
        create_study(nobody, "", title_en="mine")


def test_a_coder_sees_own_codings_alone_until_the_comparison_is_opened(team):
    study, people = team
    store, coder = people["coder"]
    before = frames_of(store, study["id"]).codings
    assert set(before["coder_id"]) == {coder["key"]}
    assert set(before["layer"]) == {"coder"}
    whole = frames_of(people["owner"][0].acting(None), study["id"]).codings
    source_id = before["source_id"].iloc[0]
    with store.change(study["id"], "A", "open_comparison") as change:
        change.insert(schema.opening, {"source_id": source_id, "at": "2026-01-01T00:00:00+00:00", "person": "A"})
    after = frames_of(store, study["id"]).codings
    there = after[after["source_id"] == source_id]
    assert len(there) == (whole["source_id"] == source_id).sum()
    assert set(after[after["source_id"] != source_id]["coder_id"]) <= {coder["key"]}


def test_two_who_see_different_codings_share_no_result(team):
    study, people = team
    owner, coder = (people[role][0] for role in ("owner", "coder"))
    assert stamp_of(owner, study["id"]) != stamp_of(coder, study["id"])
    assert stamp_of(owner, study["id"]) == stamp_of(people["owner"][0], study["id"])
    machine = owner.acting(None)
    assert stamp_of(machine, study["id"]) not in {stamp_of(owner, study["id"]), stamp_of(coder, study["id"])}


def test_the_codebook_counts_what_is_seen(team):
    study, people = team
    store, _coder = people["coder"]
    own = frames_of(store, study["id"]).codings["code_id"].value_counts()
    counted = {row["key"]: row["codings"] for row in codes_seen(store, study["id"]) if row["codings"]}
    assert counted == own.to_dict()
    whole = {row["key"]: row["codings"] for row in codes_seen(store.acting(None), study["id"]) if row["codings"]}
    assert sum(whole.values()) > sum(counted.values()) > 0


def test_versions_and_previews_of_the_codebook_count_what_is_seen(team):
    study, people = team
    (owner, mine), (coder, _coder) = people["owner"], people["coder"]
    machine = owner.acting(None)
    used = {row["key"]: row for row in codes_seen(machine, study["id"])}
    merged, into = used["prob.skills"], used["prob.unready"]
    own = {row["key"]: row["codings"] for row in codes_seen(owner, study["id"])}
    assert preview_merge(owner, study["id"], merged["id"], into["id"]).codings == own["prob.skills"]
    assert preview_archive(owner, study["id"], merged["id"]).codings == own["prob.skills"]
    assert preview_archive(machine, study["id"], merged["id"]).codings == merged["codings"] > own["prob.skills"]
    seen = {row["key"]: row["codings"] for row in codes_seen(coder, study["id"])}["prob.skills"]
    merge_codes(owner, mine["key"], study["id"], merged["id"], into["id"])
    newest = versions(machine, study["id"])[0].number

    def touched(store):
        found = compare_versions(store, study["id"], newest - 1, newest)
        return found.codings + found.gone

    assert seen <= touched(coder) < touched(machine)


def test_a_person_is_who_acts_whatever_stands_in_the_row_of_a_coder(team):
    study, people = team
    store, coder = people["coder"]
    with pytest.raises(NotPermitted):
        history_of(store, study["id"], coder | {"key": "A"})
    owner, _mine = people["owner"]
    with pytest.raises(NotPermitted):
        rename_coder(owner, coder["key"], study["id"], coder["id"], "somebody")


def test_nobody_is_looked_up_in_another_study(team):
    study, people = team
    store, _coder = people["coder"]
    other = need_study(store.acting(None), "demo-ru")
    with store.reading() as connection:
        there = sources.sources(connection, other["id"])[0]
    with pytest.raises(Gone):
        said_by(store, study["id"], [there["id"]])


def test_nobody_lifts_their_own_blindness_at_an_open_text(team):
    study, people = team
    (store, mine), (owner, another) = people["researcher"], people["owner"]
    with store.reading() as connection:
        text = next(row for row in sources.sources(connection, study["id"]) if row["key"] == "S-A-chat")
    assign(owner, another["key"], study["id"], [mine["id"]], [text["id"]])
    open_comparison(owner, another["key"], study["id"], [text["id"]], early=True)
    with owner.reading() as connection:
        given = own_assignment(connection, study["id"], mine["id"], text["id"])
    with pytest.raises(AssigningRefused, match="your own"):
        withdraw_assignment(store, mine["key"], study["id"], given["id"])
    with pytest.raises(AssigningRefused, match="your own"):
        change_assignment(store, mine["key"], study["id"], given["id"], mode="open", purpose="work")
    with pytest.raises(TeamProblem, match="blind"):
        change_role(owner, another["key"], study["id"], store.account, Role.READER)
    withdraw_assignment(owner, another["key"], study["id"], given["id"])
    change_role(owner, another["key"], study["id"], store.account, Role.READER)
