"""Who is who: proposals, merges, and a wrong merge undone later without losing a coding."""

import csv
from collections import Counter

import pytest

from coding.counts import expert_statements
from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.demo import DEMO, demo_rows
from survey_app.actions.people import (
    PeopleProblem,
    confirm_speakers,
    import_roster,
    merges,
    notices,
    remove_expert,
    set_consent,
    undo_merge,
)
from survey_app.actions.proposals import waiting_speakers
from survey_app.actions.results import frames_of
from survey_app.actions.studies import create_study, need_study
from survey_app.actions.withdrawing import withdraw_expert
from survey_app.rosters.roster import Roster, RosterPerson, propose_columns, read_roster
from survey_app.rosters.tables import read_table
from survey_app.store import experts, schema, sources, studies

KNOWN = {(row["session"], row["display_name"]): row for row in demo_rows("aliases.csv")}


def roster_of(store, study, content, **columns):
    with store.reading() as connection:
        groups = studies.groups(connection, study["id"])
        present = experts.experts(connection, study["id"])
    table = read_table("roster.csv", content if isinstance(content, bytes) else content.encode())
    return read_roster(table, propose_columns(table, groups) | columns, groups, present)


def speakers(store, study, *kinds):
    with store.reading() as connection:
        keys = {row["id"]: row["key"] for row in experts.experts(connection, study["id"])}
        return {
            (row["source_key"], row["display_name"]): row | {"expert_key": keys.get(row["expert_id"], "")}
            for row in sources.speakers(connection, study["id"], *kinds)
        }


def decide(store, study, **who):
    """Confirm display names: {name: expert key or role}."""
    found = [row for row in speakers(store, study).values() if row["display_name"] in who]
    confirm_speakers(
        store, "A", study["id"],
        [
            {"id": row["id"], "display_name": row["display_name"]}
            | (
                {"role": who[row["display_name"]]}
                if who[row["display_name"]] in {"moderator", "assistant", "observer", "unknown"}
                else {"role": "expert", "expert_key": who[row["display_name"]]}
            )
            for row in found
        ],
    )  # fmt: skip


def all_codings(store):
    with store.reading() as connection:
        return {tuple(row) for row in connection.execute(schema.coding.select())}


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def demo_files(store, study, language, roster_first):
    """The demo's sessions and roster as a person brings them, nothing confirmed."""

    def bring_roster():
        content = (DEMO / "experts.csv").read_bytes()
        roster = roster_of(store, study, content, name=f"name_{language}", other_names=[])
        import_roster(store, "", study["id"], roster)

    if roster_first:
        bring_roster()
    for session in demo_rows("sessions.csv"):
        file = DEMO / session[f"transcript_{language}"]
        bring_in_file(
            store, "", study, recognise_file(store, study["id"], file.name, file.read_bytes()), key=session["session"]
        )
    if not roster_first:
        bring_roster()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("roster_first", [True, False])
def test_most_of_the_demos_names_are_proposed_and_none_wrongly(fresh_store, language, roster_first):
    study = create_study(fresh_store, "", title_en="Panel", language=language)
    demo_files(fresh_store, study, language, roster_first)
    found = speakers(fresh_store, study)
    verdicts = Counter()
    for place, row in found.items():
        truth = KNOWN[place]
        said = row["expert_key"] if row["role"] == "expert" else row["role"]
        right = truth["person_id"] if truth["role"] == "expert" else truth["role"]
        verdicts["open" if said == "unknown" else "right" if said == right else "wrong"] += 1
        assert not row["confirmed"]
    assert len(found) == 28
    assert verdicts["wrong"] == 0
    assert verdicts["right"] >= 25


def test_nothing_proposed_is_called_confirmed_and_each_says_on_what_it_rests(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    demo_files(fresh_store, study, "en", roster_first=True)
    found = speakers(fresh_store, study)
    guesses = waiting_speakers(fresh_store, study["id"])
    reason = {name: guesses[row["id"]].reason for (_source, name), row in found.items()}
    assert reason["Viktor Zaozerny"] == "same name"
    assert reason["Vera (moderator)"] == "transcript"
    assert reason["Prof. Knizhnikov"] == "likeness"
    assert reason["Galaxy A52"] == "nobody"


def test_a_name_confirmed_in_one_session_is_proposed_in_the_next(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    import_roster(fresh_store, "", study["id"], roster_of(fresh_store, study, "id,name,group\nL1,Anna Orlova,loc\n"))
    for number in (1, 2):
        content = f"WEBVTT\n\n1\n00:00:0{number}.000 --> 00:00:09.000\nGalaxy A52: We lack people.\n".encode()
        bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], f"{number}.vtt", content))
        if number == 1:
            decide(fresh_store, study, **{"Galaxy A52": "L1"})
    second = speakers(fresh_store, study)["S-2", "Galaxy A52"]
    assert (second["expert_key"], second["confirmed"]) == ("L1", False)
    assert waiting_speakers(fresh_store, study["id"])[second["id"]].reason == "memory"


@pytest.mark.parametrize("roster_first", [True, False])
def test_the_rosters_moderator_is_proposed_as_one_whichever_came_first(fresh_store, roster_first):
    study = create_study(fresh_store, "", title_en="Panel")
    roster = roster_of(fresh_store, study, "name,role,group\nAnna Orlova,expert,loc\nBoris Utkin,moderator,\n")
    talk = b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:09.000\nBoris Utkin: Good day.\n"
    if roster_first:
        import_roster(fresh_store, "", study["id"], roster)
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], "talk.vtt", talk))
    if not roster_first:
        import_roster(fresh_store, "", study["id"], roster)
    assert speakers(fresh_store, study)["S-1", "Boris Utkin"]["role"] == "moderator"
    with fresh_store.reading() as connection:
        assert "Boris Utkin" in experts.names(connection, study["id"])


def test_two_aliases_are_one_expert(store, study):
    statements = expert_statements(frames_of(store, study["id"]))
    merged = statements[statements["expert_id"] == "N1"]
    assert speakers(store, study)["S-A", "iPad (Boris)"]["expert_key"] == "N1"
    assert speakers(store, study)["S-A", "Prof. Knizhnikov"]["expert_key"] == "N1"
    decide(store, study, **{"iPad (Boris)": "observer"})
    alone = expert_statements(frames_of(store, study["id"]))
    assert 0 < len(alone[alone["expert_id"] == "N1"]) < len(merged)


def test_a_moderator_is_never_counted(store, study):
    assert expert_statements(frames_of(store, study["id"]))["role"].unique().tolist() == ["expert"]
    before = expert_statements(frames_of(store, study["id"]))
    decide(store, study, **{"Viktor Zaozerny": "moderator"})
    counted = expert_statements(frames_of(store, study["id"]))
    assert set(counted["statement_id"]) == set(before[before["expert_id"] != "F1"]["statement_id"])
    assert len(counted) < len(before)


def test_a_wrong_merge_undone_later_keeps_every_coding(store, study):
    codings = all_codings(store)
    before = expert_statements(frames_of(store, study["id"]))
    decide(store, study, **{"Galaxy A52": "L1", "denis_v": "L1"})
    assert not expert_statements(frames_of(store, study["id"])).equals(before)
    set_consent(store, "A", study["id"], {})
    decide(store, study, **{"iPad (Boris)": "observer"})
    wrong = next(merge for merge in merges(store, study["id"]) if ("denis_v", "L1") in merge.names)
    assert undo_merge(store, "B", study["id"], wrong.number)
    assert undo_merge(store, "B", study["id"])
    assert expert_statements(frames_of(store, study["id"])).equals(before)
    assert all_codings(store) == codings


def test_a_merge_survives_that_a_roster_came_in_between(store, study):
    decide(store, study, **{"Galaxy A52": "L1"})
    import_roster(store, "A", study["id"], roster_of(store, study, "id,name,group\nZ1,Zoya Novaya,loc\n"))
    assert undo_merge(store, "A", study["id"])
    assert speakers(store, study)["S-B", "Galaxy A52"]["expert_key"] == "L2"


def test_a_merge_whose_name_was_decided_anew_is_left_alone_and_says_why(store, study):
    decide(store, study, **{"Galaxy A52": "L1"})
    wrong = merges(store, study["id"])[0].number
    decide(store, study, **{"Galaxy A52": "L3"})
    with pytest.raises(PeopleProblem, match="decided anew since"):
        undo_merge(store, "A", study["id"], wrong)
    assert speakers(store, study)["S-B", "Galaxy A52"]["expert_key"] == "L3"


def test_what_was_undone_is_not_undone_again(store, study):
    decide(store, study, **{"Galaxy A52": "L1"})
    number = merges(store, study["id"])[0].number
    assert undo_merge(store, "A", study["id"], number)
    assert not undo_merge(store, "A", study["id"], number)
    assert number not in {merge.number for merge in merges(store, study["id"])}


def test_a_confirmation_that_changed_nothing_is_no_merge(store, study):
    before = merges(store, study["id"])
    decide(store, study, **{"Viktor Zaozerny": "F1"})
    assert merges(store, study["id"]) == before


def test_a_merge_lists_its_names(store, study):
    decide(store, study, **{"Galaxy A52": "L1", "denis_v": "moderator"})
    newest = merges(store, study["id"])[0]
    assert sorted(newest.names) == [("Galaxy A52", "L1"), ("denis_v", "moderator")]
    assert newest.person == "A"


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        ({"role": "expert", "expert_key": ""}, "marked as an expert"),
        ({"role": "expert", "expert_key": "X9"}, "marked as an expert"),
        ({"role": "chief"}, "not a role"),
        ({"role": "observer", "id": "elsewhere"}, "no longer in the study"),
    ],
)
def test_a_decision_that_makes_no_sense_stores_nothing_of_its_act(store, study, decision, says):
    rows = list(speakers(store, study, "session").values())
    good = {"id": rows[0]["id"], "display_name": rows[0]["display_name"], "role": "observer"}
    bad = {"id": rows[1]["id"], "display_name": rows[1]["display_name"]} | decision
    with pytest.raises(PeopleProblem, match=says):
        confirm_speakers(store, "A", study["id"], [good, bad])
    assert list(speakers(store, study, "session").values()) == rows


def test_a_name_that_nobody_knows_may_be_confirmed_as_that(store, study):
    row = speakers(store, study)["S-B", "Galaxy A52"]
    for confirmed in (False, True):
        confirm_speakers(store, "A", study["id"], [{"id": row["id"], "role": "unknown", "confirmed": confirmed}])
        now = speakers(store, study)["S-B", "Galaxy A52"]
        assert (now["role"], now["expert_id"], now["confirmed"]) == ("unknown", None, confirmed)
    decide(store, study, **{"Galaxy A52": "unknown"})
    assert not speakers(store, study)["S-B", "Galaxy A52"]["confirmed"]


def test_a_second_roster_renews_and_keeps_what_it_does_not_say(store, study):
    roster = roster_of(store, study, "id,name,group\nL1,Galina Novaya,reg\nZ1,Zoya Novaya,loc\n")
    assert any("L1" in str(warning) for warning in roster.warnings)
    assert import_roster(store, "A", study["id"], roster) == 21
    with store.reading() as connection:
        found = {row["key"]: row for row in experts.experts(connection, study["id"])}
    assert (found["L1"]["name"], found["L1"]["group_key"]) == ("Galina Novaya", "reg")
    assert (found["L1"]["consent"], found["L1"]["region"]) == ("yes", "Region A")
    assert found["Z1"]["consent"] == "unknown"


def test_a_roster_without_ids_gives_the_same_people_the_same_ids_again(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    first = roster_of(fresh_store, study, "name,group\nAnna Orlova,loc\nBoris Utkin,reg\n")
    import_roster(fresh_store, "", study["id"], first)
    second = roster_of(fresh_store, study, "name,group\nBoris Utkin,reg\nVera Dal,sci\nAnna Orlova,loc\n")
    assert {person.name: person.expert_id for person in second.people} == {
        "Anna Orlova": "E01", "Boris Utkin": "E02", "Vera Dal": "E03",
    }  # fmt: skip
    assert import_roster(fresh_store, "", study["id"], second) == 3


def test_an_expert_is_taken_out_only_when_nothing_hangs_on_them(store, study):
    import_roster(store, "A", study["id"], roster_of(store, study, "id,name,group\nZ1,Zoya Novaya,loc\n"))
    with store.reading() as connection:
        found = {row["key"]: row["id"] for row in experts.experts(connection, study["id"])}
    with pytest.raises(PeopleProblem, match="L1 has display names or answers"):
        remove_expert(store, "A", study["id"], found["L1"])
    remove_expert(store, "A", study["id"], found["Z1"])
    with store.reading() as connection:
        assert len(experts.experts(connection, study["id"])) == 20


def test_consent_is_one_of_four_words(store, study):
    with store.reading() as connection:
        expert = experts.experts(connection, study["id"])[0]["id"]
    with pytest.raises(PeopleProblem, match="not a kind of consent"):
        set_consent(store, "A", study["id"], {expert: "certainly"})
    set_consent(store, "A", study["id"], {expert: "no"})
    with store.reading() as connection:
        assert experts.experts(connection, study["id"])[0]["consent"] == "no"


def test_notices_name_silent_experts_and_a_missing_moderator(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    assert notices(fresh_store, study["id"]) == []
    roster = roster_of(fresh_store, study, "id,name,group\nL1,Anna Orlova,loc\nL2,Boris Utkin,loc\n")
    import_roster(fresh_store, "", study["id"], roster)
    talk = b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:09.000\nAnna Orlova: Good day.\n"
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], "talk.vtt", talk))
    said = [str(message) for message in notices(fresh_store, study["id"])]
    assert "L2" in said[0]
    assert "L1" not in said[0]
    assert "moderator" in said[1]


def test_the_aliases_file_is_what_this_test_thinks():
    with (DEMO / "aliases.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 56


def test_who_has_withdrawn_stays_withdrawn_whatever_the_roster_says(store, study):
    with store.reading() as connection:
        rows = {row["key"]: row for row in experts.experts(connection, study["id"])}
    theirs = rows["S2"]
    withdraw_expert(store, "A", study, "S2", republish=False)
    with store.writing() as connection:
        for table in (schema.speaker, schema.response):
            connection.execute(table.delete().where(table.c.expert_id == theirs["id"]))
    with pytest.raises(PeopleProblem, match="S2 has withdrawn and stays on the roster, counted nowhere"):
        remove_expert(store, "A", study["id"], theirs["id"])
    import_roster(store, "A", study["id"], Roster((RosterPerson("S2", theirs["name"], group_id=theirs["group_key"]),)))
    with store.reading() as connection:
        again = {row["key"]: row for row in experts.experts(connection, study["id"])}
    assert again["S2"]["withdrawn_at"]
    assert "S2" not in set(frames_of(store, study["id"]).experts["expert_id"])
