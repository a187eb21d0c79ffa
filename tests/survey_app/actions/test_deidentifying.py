"""De-identification is decided once for a whole study: labels, marks by hand, who is known, whose it is to decide."""

import pytest
from sqlalchemy import update

from survey_app.actions.backing_up import back_up
from survey_app.actions.backup_soundness import Soundness
from survey_app.actions.deidentifying import (
    DeidentifyingRefused,
    decide_place,
    decide_pseudonym,
    decide_pseudonyms,
    merge_pseudonyms,
    undo_deidentifying,
)
from survey_app.actions.identifying import look_through
from survey_app.actions.known_by_name import known_by_name
from survey_app.actions.marking import mark_place, mark_words, unmark_place
from survey_app.actions.people import remove_expert
from survey_app.actions.restoring_study import restore
from survey_app.actions.review_queue import review_queue
from survey_app.actions.review_state import text_states
from survey_app.actions.reviewing import ask_second_signature, finish_review
from survey_app.actions.studies import choose, need_study
from survey_app.store import deidentification, schema, sources
from survey_app.store.log import Gone
from tests.survey_app.actions.undecided_demo import card_of, decide_all, said_with, state, undecided
from transcripts.identifying import How, Kind


@pytest.fixture
def study(store):
    return undecided(store)


def test_whoever_is_meant_has_one_pseudonym_in_all_texts(store, study):
    pavel = card_of(store, study, "Pavel")
    seen = said_with(store, study, "Pavel")
    assert len(seen) >= 3
    for said, shown in seen.values():
        assert shown.count(f"[Expert {pavel.number}]") == said.count("Pavel")
        assert "Pavel" not in shown


def test_a_decision_holds_for_every_place_and_is_turned_back_by_whoever_took_it(store, study):
    pavel = card_of(store, study, "Pavel")
    decide_pseudonym(store, "A", study["id"], pavel.pseudonym_id, "general")
    assert all("[an expert]" in shown for _said, shown in said_with(store, study, "Pavel").values())
    decide_pseudonym(store, "A", study["id"], pavel.pseudonym_id, "pseudonym", words_en="a [director] of works")
    assert all("[a director of works]" in shown for _said, shown in said_with(store, study, "Pavel").values())
    assert not undo_deidentifying(store, "B", study["id"])
    assert undo_deidentifying(store, "A", study["id"])
    assert all("[an expert]" in shown for _said, shown in said_with(store, study, "Pavel").values())
    assert undo_deidentifying(store, "A", study["id"])
    assert card_of(store, study, "Pavel").undecided == len(pavel.places)


@pytest.mark.parametrize(
    "words", ["Pavel's deputy", "p.smirnov@example.org", "\u202ePa\u200bvel\u202c", "call +7 916 123 45 67"]
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_label_is_no_name_and_leads_to_nobody(store, study, words, language):
    pavel = card_of(store, study, "Pavel")
    with pytest.raises(DeidentifyingRefused, match="names somebody or leads to somebody"):
        decide_pseudonym(store, "A", study["id"], pavel.pseudonym_id, "pseudonym", **{f"words_{language}": words})
    assert card_of(store, study, "Pavel").label_en == ""
    decide_pseudonym(
        store, "A", study["id"], pavel.pseudonym_id, "pseudonym", words_en="a dir\u200bector, since 2019\x00"
    )
    assert card_of(store, study, "Pavel").label_en == "a director, since 2019"


def test_a_copy_brings_no_label_that_is_a_name(store, study, tmp_path):
    with store.writing() as connection:
        pavel = card_of(store, study, "Pavel").pseudonym_id
        connection.execute(
            update(schema.pseudonym).where(schema.pseudonym.c.id == pavel).values(label_ru="p.smirnov@example.org")
        )
    restored = restore(store, back_up(store, study, tmp_path), slug="restored")
    assert any("1 label was replaced by the usual words" in str(notice) for notice in restored.notices)
    assert card_of(store, restored.study, "Pavel").label_ru == ""


def test_what_nobody_has_decided_on_has_a_label_all_the_same(store, study):
    assert all("[Expert" in shown for _said, shown in said_with(store, study, "Pavel").values())


def test_one_place_is_decided_otherwise(store, study):
    pavel = card_of(store, study, "Pavel")
    decide_pseudonym(store, "A", study["id"], pavel.pseudonym_id, "pseudonym")
    decide_place(store, "A", study["id"], pavel.places[1].id, "kept")
    shown = [seen for _said, seen in said_with(store, study, "Pavel").values()]
    assert sum("Pavel" in each for each in shown) == 1
    decide_place(store, "A", study["id"], pavel.places[1].id, "")
    assert not any("Pavel" in seen for _said, seen in said_with(store, study, "Pavel").values())


def test_a_second_key_for_a_card_that_waited_changes_nothing_and_is_no_deed(store, study):
    pavel = card_of(store, study, "Pavel")
    wished = {"store": store, "person": "A", "study_id": study["id"], "pseudonym_id": pavel.pseudonym_id}
    assert decide_pseudonym(**wished, level="pseudonym", if_waiting=True)
    assert not decide_pseudonym(**wished, level="general", if_waiting=True)
    assert card_of(store, study, "Pavel").level == "pseudonym"
    assert decide_pseudonym(**wished, level="general")
    assert undo_deidentifying(store, "A", study["id"])
    assert undo_deidentifying(store, "A", study["id"])
    assert card_of(store, study, "Pavel").undecided == len(pavel.places)


def test_many_at_once_leave_alone_what_is_decided(store, study):
    pavel = card_of(store, study, "Pavel")
    decide_pseudonym(store, "A", study["id"], pavel.pseudonym_id, "general")
    cards = review_queue(store, study["id"])
    count = decide_pseudonyms(store, "B", study["id"], {card.pseudonym_id: "kept" for card in cards})
    assert count == len(cards) - 1
    assert card_of(store, study, "Pavel").level == "general"
    assert undo_deidentifying(store, "B", study["id"])
    assert sum(card.undecided > 0 for card in review_queue(store, study["id"])) == count


def test_people_are_numbered_by_chance_and_keep_their_numbers(store, study):
    with store.reading() as connection:
        rows = deidentification.pseudonyms(connection, study["id"])
        order = [row["id"] for row in connection.execute(
            schema.expert.select().where(schema.expert.c.study_id == study["id"]).order_by(schema.expert.c.position)
        ).mappings()]  # fmt: skip
    numbers = {row["expert_id"]: row["number"] for row in rows if row["expert_id"]}
    by_roster = [numbers[expert] for expert in order if expert in numbers]
    assert len(by_roster) >= 15
    assert by_roster != sorted(by_roster)
    persons = [row["number"] for row in rows if row["kind"] == Kind.PERSON]
    assert len(persons) == len(set(persons))
    look_through(store, "A", study, [each.source_id for each in text_states(store, study["id"])])
    with store.reading() as connection:
        again = deidentification.pseudonyms(connection, study["id"])
    assert [(row["id"], row["number"]) for row in again] == [(row["id"], row["number"]) for row in rows]


def test_looking_again_keeps_decisions_and_what_was_marked_by_hand(store, study):
    decide_all(store, study)
    source_id = state(store, study).source_id
    statement = next(iter(said_with(store, study, "typists")))
    mark_words(store, "A", study["id"], statement, "typists", Kind.OTHER)
    before = [(card.pseudonym_id, card.level, card.places) for card in review_queue(store, study["id"])]
    assert look_through(store, "A", study, [source_id]) == 0
    assert [(card.pseudonym_id, card.level, card.places) for card in review_queue(store, study["id"])] == before


def test_an_undecided_place_that_is_no_longer_found_goes_and_a_decided_one_stays(store, study):
    source = state(store, study).source_id
    slava = [card_of(store, study, name) for name in ("Vera", "Elena")]
    decide_pseudonym(store, "A", study["id"], slava[1].pseudonym_id, "kept")
    with store.writing() as connection:  # two places of earlier rules, on words that are nobody's name
        table = schema.identifying
        for place, card in ((0, slava[0]), (5, slava[1])):
            connection.execute(table.insert().values(
                id=f"place {place}", source_id=source, pseudonym_id=card.pseudonym_id, start=place, end=place + 4,
                kind="person", how="listed", risk=1, own_level=""))  # fmt: skip
    look_through(store, "A", study, [source])
    with store.reading() as connection:
        ids = {row["id"] for row in deidentification.places_in(connection, source)}
    assert "place 0" not in ids
    assert "place 5" in ids


def test_a_text_that_was_corrected_meanwhile_is_left_for_next_time(store, study, monkeypatch):
    from survey_app.actions import identifying

    source_id = state(store, study).source_id
    texts = identifying._texts

    def older(*given):
        return [each | {"revision": each["revision"] - 1} for each in texts(*given)]

    monkeypatch.setattr(identifying, "_texts", older)
    with store.reading() as connection:
        before = deidentification.places_in(connection, source_id)
    assert look_through(store, "A", study, [source_id]) == 0
    with store.reading() as connection:
        assert deidentification.places_in(connection, source_id) == before


def test_words_marked_by_hand_are_marked_wherever_they_stand(store, study):
    seen = said_with(store, study, "toothache")
    assert len(seen) == 1
    statement = next(iter(seen))
    assert mark_words(store, "A", study["id"], statement, " toothache ", Kind.OTHER, everywhere=True) == 1
    assert "[Detail" in said_with(store, study, "toothache")[statement][1]
    with pytest.raises(DeidentifyingRefused, match="does not stand in this statement"):
        mark_words(store, "A", study["id"], statement, "tooth", Kind.OTHER)
    assert mark_words(store, "A", study["id"], statement, "TOOTHACHE", Kind.OTHER) == 0
    card = card_of(store, study, "toothache")
    assert (card.how, card.risk) == (How.HAND, 1)
    unmark_place(store, "A", study["id"], card.places[0].id)
    assert "toothache" in said_with(store, study, "toothache")[statement][1]
    with pytest.raises(DeidentifyingRefused, match="not marked by hand"):
        unmark_place(store, "A", study["id"], card_of(store, study, "Pavel").places[0].id)


def test_a_mark_by_hand_takes_in_what_it_touches(store, study):
    with store.reading() as connection:
        source = sources.source(connection, state(store, study, "S-B").source_id)
    start = source["text"].index("Pavel, state corporation")
    end = start + len("Pavel, state corporation")
    mark_place(store, "A", study["id"], source["id"], start, end, Kind.PERSON, revision=source["revision"])
    with store.reading() as connection:
        touching = [row for row in deidentification.places_in(connection, source["id"]) if start <= row["start"] < end]
    assert [(row["start"], row["end"], row["how"]) for row in touching] == [(start, end, "hand")]
    undo_deidentifying(store, "A", study["id"])
    assert any(place.start == start and place.how == How.ROSTER for place in card_of(store, study, "Pavel").places)
    with pytest.raises(DeidentifyingRefused, match="no longer there"):
        mark_place(store, "A", study["id"], source["id"], start, end, Kind.PERSON, revision=source["revision"] + 1)


def test_two_that_are_the_same_become_one_now_and_later(store, study):
    source_id = state(store, study, "S-B").source_id
    slava, oleg = card_of(store, study, "Slava"), card_of(store, study, "Oleg")
    merge_pseudonyms(store, "A", study["id"], oleg.pseudonym_id, slava.pseudonym_id)
    one = card_of(store, study, "Slava")
    assert one.pseudonym_id == oleg.pseudonym_id, "the expert of the roster stays"
    assert len(one.places) == len(slava.places) + len(oleg.places)
    with store.writing() as connection:
        connection.execute(schema.identifying.delete().where(schema.identifying.c.source_id == source_id))
    look_through(store, "A", study, [source_id])
    assert "Slava" in card_of(store, study, "Oleg").written
    with pytest.raises(DeidentifyingRefused, match="Two experts"):
        merge_pseudonyms(store, "A", study["id"], oleg.pseudonym_id, card_of(store, study, "Pavel").pseudonym_id)
    with pytest.raises(DeidentifyingRefused, match="become one with another"):
        decide_pseudonym(store, "A", study["id"], slava.pseudonym_id, "kept")


def test_an_expert_who_leaves_the_roster_leaves_the_label_of_a_person(store, study):
    card = next(each for each in review_queue(store, study["id"]) if each.expert)
    with store.writing() as connection:
        expert = deidentification.pseudonyms(connection, study["id"])
        expert_id = next(row["expert_id"] for row in expert if row["id"] == card.pseudonym_id)
        for table in (schema.speaker, schema.response):
            connection.execute(table.delete().where(table.c.expert_id == expert_id))
    remove_expert(store, "A", study["id"], expert_id)
    again = next(each for each in review_queue(store, study["id"]) if each.pseudonym_id == card.pseudonym_id)
    assert (again.expert, again.number) == (False, card.number)


def test_everybody_on_screens_and_lists_is_known_by_name(store, study):
    with store.reading() as connection:
        known = {each.key: each for each in known_by_name(connection, study["id"])}
    experts = [each for key, each in known.items() if key.startswith("expert:")]
    pavel = next(each for each in experts if "Pavel Gornovoy" in each.names)
    assert any(not name.isascii() for name in pavel.names), "names in the other script too"
    assert "other:vera" in known, "the moderator"


def test_a_place_of_another_study_is_nobody_s_to_decide(store, study):
    other = need_study(store, "demo-ru")
    foreign = review_queue(store, other["id"])[0]
    for act in (
        lambda: decide_pseudonym(store, "A", study["id"], foreign.pseudonym_id, "kept"),
        lambda: decide_place(store, "A", study["id"], foreign.places[0].id, "kept"),
        lambda: merge_pseudonyms(
            store, "A", study["id"], foreign.pseudonym_id, card_of(store, study, "Pavel").pseudonym_id
        ),
        lambda: finish_review(store, "A", study["id"], foreign.places[0].source_id),
        lambda: look_through(store, "A", study, [foreign.places[0].source_id]),
        lambda: mark_place(store, "A", study["id"], foreign.places[0].source_id, 0, 4, Kind.PERSON, revision=0),
    ):
        with pytest.raises(Gone):
            act()
    assert decide_pseudonyms(store, "A", study["id"], {foreign.pseudonym_id: "kept"}) == 0


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("identifying", {"end": 101}),
        ("identifying", {"own_level": "perhaps"}),
        ("identifying", {"how": "magic"}),
        ("identifying", {"kind": "king"}),
        ("pseudonym", {"level": "unknown"}),
        ("pseudonym", {"kind": "king"}),
    ],
)
def test_a_copy_with_places_or_labels_that_cannot_be_is_not_sound(table, values):
    sound = Soundness()
    assert sound.bears("source", {"id": "text", "text": "x" * 100})
    good = {
        "identifying": {
            "source_id": "text", "start": 0, "end": 4, "kind": "person", "how": "roster", "own_level": "unsure",
        },
        "pseudonym": {"kind": "person", "level": "kept"},
    }[table]  # fmt: skip
    assert sound.bears(table, good)
    assert not sound.bears(table, good | values)


def test_only_the_owner_says_whether_a_second_person_signs(team):
    from survey_app.actions.rights import NotPermitted

    study, people = team
    store, coder = people["researcher"]
    for act in (
        lambda: ask_second_signature(store, coder["key"], study["id"], True),
        lambda: choose(store, coder["key"], study["id"], second_signature=False),
    ):
        with pytest.raises(NotPermitted):
            act()
    owner, own = people["owner"]
    ask_second_signature(owner, own["key"], study["id"], True)
    assert need_study(owner, "demo-en")["choices"]["second_signature"] is True
