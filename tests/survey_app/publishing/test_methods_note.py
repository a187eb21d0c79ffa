"""COREQ and SRQR: 17 items know themselves, the others are asked for, and what is missing is said to be missing."""

from dataclasses import replace

import pytest

from coding.saturation import Saturation
from survey_app.language import use
from survey_app.publishing.coreq import ASKED, DERIVED, MISSING, coreq
from survey_app.publishing.method_facts import (
    Agreement,
    Asked,
    Deidentified,
    MethodFacts,
    Named,
    themes,
    told_segments,
)
from survey_app.publishing.methods_note import methods_note, note_html, note_title
from survey_app.publishing.srqr import srqr
from survey_app.publishing.study_card import ASKED as ON_THE_CARD
from survey_app.publishing.study_card import COREQ_ASKED, Card

FACTS = MethodFacts(
    title=Named("Ferries", "Паромы"), software="1.2.3", data_hash="ab" * 32, languages=("en",), experts=20, spoke=19,
    repeated=1, sessions=3, per_session=(6, 7), days=("2022-10-11", "2022-10-18"), chats=1,
    segmentation=Named("Two segments", "Два сегмента"), segments=(Named("Coast", "Берег", 12), Named("Isles", "Острова", 8)),
    others={"moderator": 3, "observer": 1}, guide_questions=6,
    questionnaires=(Asked("Survey", "Анкета", "2", 16, 20, 18, 1),), transcripts={"zoom": 2, "typed": 1}, recordings=1,
    minutes=(90, 31, 60), corrected=1, statements=280, coded=200, coders=3, adjudicated=True, settled=21, codes=43,
    roots=6, codebook_version=2, after_texts=4, saturation=Saturation(9, 2, 30, 1), codes_said=41, quotes=174, memos=5,
    findings=2, major=(Named("Delays", "Опоздания", 11),), minor=(Named("Rudeness", "Грубость", 4),),
)  # fmt: skip
FULL = Card({key: (f"said of {key}", f"сказано: {key}") for key in ON_THE_CARD})


def in_english(make, *given):
    with use("en"):
        return make(*given)


def texts(items):
    return {int(one.number): one.text for one in items}


def basis(items):
    return {int(one.number): one.basis for one in items}


def test_a_study_knows_17_of_the_32_items_of_itself():
    items = in_english(coreq, FACTS, Card())
    assert [int(one.number) for one in items] == list(range(1, 33))
    known = {number for number, of in basis(items).items() if of == DERIVED}
    assert known == {12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 25, 26, 27, 29, 31, 32}
    assert {one.text for one in items if one.basis == MISSING} == {"Not stated."}


def test_the_card_answers_the_rest():
    items = in_english(coreq, FACTS, FULL)
    assert {number for number, of in basis(items).items() if of == ASKED} == set(COREQ_ASKED.values()) - {22}
    assert not [one for one in items if one.basis == MISSING]
    assert texts(items)[22].endswith("said of stop_rule")


def test_facts_are_told_in_sentences_with_their_numbers():
    told = texts(in_english(coreq, FACTS, Card()))
    assert told[12] == "19 of 20 experts spoke in 3 sessions, 6 to 7 in each."
    assert told[13] == (
        "1 expert of the roster did not speak in any session. Links to the questionnaire: 20; answered: 18; refused: 1."
    )
    assert told[14] == (
        "2 sessions were held by video conference (Zoom). They took place from 11 October 2022 to 18 October 2022."
    )
    assert told[15].startswith("Besides the experts there spoke: a moderator (3 sessions), an observer (1 session).")
    assert told[16] == "By segments (Two segments): Coast (12); Isles (8)."
    assert told[18] == "1 expert took part in more than one session."
    assert told[21] == "The sessions lasted 60 minutes in the median (31 to 90)."
    assert told[22].startswith("Saturation was reached after 9 experts by the rule of Guest, Namey and Chen (2020)")
    assert told[25].startswith("Codebook: 43 codes, 6 roots, version 2.")
    assert told[26].endswith("brought in: 45; made afterwards: 4.")
    assert told[27] == f"Rakurs 1.2.3; SHA-256 of the tables behind the figures: {'ab' * 32}."
    assert told[31] == "At least half of the experts spoke of: Delays (11 of 20)."
    assert told[32].startswith("Fewer than a quarter of the experts spoke of: Rudeness (4 of 20).")


def test_what_is_not_known_is_not_made_up():
    bare = MethodFacts(title=Named("Ferries", ""), software="1", data_hash="ff")
    items = in_english(coreq, bare, Card())
    assert {number for number, of in basis(items).items() if of == DERIVED} == {27, 29}
    assert texts(items)[29] == "No quotes are published."


def test_agreement_stands_under_coders_and_only_where_it_was_computed():
    agreed = Agreement({"en": "Alpha was 0.9.", "ru": "Альфа 0,9."}, {"en": ["a"], "ru": ["a"]}, {"en": [], "ru": []})
    assert texts(in_english(coreq, replace(FACTS, agreement=agreed), Card()))[24].endswith("Alpha was 0.9.")
    heads = {part["head"]: part for part in in_english(methods_note, FACTS, Card())}
    assert heads["Agreement of coders"]["paragraphs"] == [
        "Not computed: no two coders have been compared on the same texts."
    ]


def test_de_identification_is_told_in_numbers():
    found = replace(FACTS, deidentified=Deidentified(40, 38, 2, 3))
    told = texts(in_english(srqr, found, Card()))[13]
    assert "identify somebody: 40; put in general words: 38; kept by a person's decision: 2." in told
    assert "A second person signed 3 texts." in told


def test_srqr_has_21_standards_and_uses_what_was_said_for_coreq():
    items = in_english(srqr, FACTS, FULL)
    assert [int(one.number) for one in items] == list(range(1, 22))
    assert texts(items)[1] == "Ferries"
    assert "said of interviewer" in texts(items)[6]
    assert {number for number, of in basis(in_english(srqr, FACTS, Card())).items() if of == MISSING} == {
        2, 3, 4, 5, 6, 7, 9, 18, 19, 20, 21,
    }  # fmt: skip


def test_both_languages_have_the_same_items_with_the_same_basis():
    with use("ru"):
        russian = coreq(FACTS, FULL)
    assert basis(russian) == basis(in_english(coreq, FACTS, FULL))
    assert texts(russian)[9] == "сказано: orientation"
    assert "Опоздания" in texts(russian)[31]


def test_segments_that_are_too_small_are_neither_named_nor_left_to_be_subtracted():
    sizes = [Named("Coast", "", 12), Named("Isles", "", 6), Named("Rocks", "", 2)]
    assert told_segments(sizes, 20, 3) == (Named("Coast", ""), Named("Isles", ""))
    assert told_segments([*sizes[:2], Named("Rocks", "", 1), Named("Reefs", "", 2)], 21, 3) == (
        Named("Coast", "", 12), Named("Isles", "", 6),
    )  # fmt: skip
    assert told_segments(sizes[:2], 18, 3) == tuple(sizes[:2])


def test_major_is_half_of_the_experts_and_minor_fewer_than_a_quarter():
    codes = [Named(str(k), "", k) for k in (0, 1, 4, 5, 9, 10, 20)]
    major, minor = themes(codes, 20)
    assert [each.count for each in major] == [20, 10]
    assert [each.count for each in minor] == [4, 1]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_note_is_one_page_in_which_words_of_people_stay_words(language):
    card = Card({"ethics": ("<script>alert(1)</script>", "<b>жирно</b>")})
    with use(language):
        page = note_html(note_title(FACTS), methods_note(FACTS, card)).decode()
    assert f'<html lang="{language}">' in page
    assert "<script" not in page
    assert "<b>" not in page
    assert ("&lt;script&gt;" if language == "en" else "&lt;b&gt;") in page


def test_a_russian_date_ends_a_sentence_with_one_full_stop():
    with use("ru"):
        told = texts(coreq(FACTS, Card()))[14]
    assert "2022" in told
    assert ".." not in told


@pytest.mark.parametrize(("language", "name"), [("en", "English."), ("ru", "английский.")])
def test_the_language_of_the_talk_is_named_in_that_of_the_note(language, name):
    with use(language):
        assert methods_note(FACTS, Card())[0]["paragraphs"][0].count(name) == 1
