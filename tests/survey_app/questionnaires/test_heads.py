"""What a platform or a definition says of a column is taken at its word."""

from survey_app.questionnaires import columns as proposals
from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.export import ANSWER, ASIDE, AT_PLACE, TICK, WORDS, Export, Head
from survey_app.questionnaires.instrument import Instrument, Item, Option
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from tests.survey_app.questionnaires.forms import answers_of, as_csv, table_of

HELPS = Item(
    "helps", "multi", ("What helped?", "Что помогло?"),
    options=(
        Option("pilots", ("pilots", "пилоты"), 1, code="enab.pilots"),
        Option("other", ("other", "другое"), 2, other=True),
    ),
)  # fmt: skip
AGREE = Item(
    "agree", "likert", ("Do you agree?", "Вы согласны?"), reverse=True,
    options=(
        Option("no", ("no", "нет"), 1), Option("so", ("so so", "так себе"), 2), Option("yes", ("yes", "да"), 3),
        Option("dk", ("cannot say", "затрудняюсь"), 98, cannot_say=True),
    ),
)  # fmt: skip
BOOK = Instrument("panel", ("Panel", "Панель"), (HELPS, AGREE), version="2")


def survey_of(export):
    columns = proposals.propose_columns(export, None)
    return make_survey(export.table, columns, {place: f"E{place + 1}" for place in range(len(export.table.rows))}, "en")


def test_ticks_in_columns_of_their_own_and_the_words_beside_them():
    table = table_of(
        ["helps/pilots", "helps/other", "words"], ["1", "", ""], ["", "Y", "A friend."], ["0", "", "Luck."]
    )
    heads = {
        "helps/pilots": Head("helps", line="pilots", role=TICK),
        "helps/other": Head("helps", line="other", role=TICK),
        "words": Head("helps", line="other", role=WORDS),
    }
    found = survey_of(with_definition(Export("", table, heads), BOOK))
    assert answers_of(found, "helps.pilots") == {"E1": 1.0, "E3": 0.0}
    assert answers_of(found, "helps.other") == {"E2": 1.0, "E3": 1.0}
    said = found.answers[found.answers["text"] != ""]
    assert dict(zip(said["expert_id"], said["text"], strict=True)) == {"E2": "A friend.", "E3": "Luck."}
    items = found.items.set_index("item_id")
    assert items.loc["helps.pilots", "code_id"] == "enab.pilots"
    assert items.loc["helps.pilots", "label_ru"] == "пилоты"


def test_a_definition_wins_over_what_the_answers_look_like():
    export = Export("", table_of(["agree"], ["no"], ["dk"], ["yes"]), {"agree": Head("agree", "agree")})
    assert proposals.propose_columns(export, None)[0].kind == "open"
    (column,) = proposals.propose_columns(with_definition(export, BOOK), None)
    assert (column.kind, column.defined, column.label) == ("likert", True, ("Do you agree?", "Вы согласны?"))
    assert [point["value"] for point in column.points] == [1, 2, 3]


def test_a_table_of_nobodys_platform_is_known_by_its_keys_or_its_words():
    for header in ("agree", "2. Do you <b>agree</b>?"):
        export = read_questionnaire("form.csv", as_csv(["id", header, "Why?"], ["E1", "no", "So."], ["E2", "yes", ""]))
        _id, agree, why = proposals.propose_columns(with_definition(export, BOOK), None)
        assert (agree.name, agree.item_id, agree.kind, agree.defined) == (header, "agree", "likert", True)
        assert (why.defined, why.kind) == (False, "open")


def test_a_reversed_scale_is_counted_from_its_other_end_and_cannot_say_stays_beside_it():
    export = Export("", table_of(["agree"], ["no"], ["98"], ["yes"]), {"agree": Head("agree", "agree")})
    assert answers_of(survey_of(with_definition(export, BOOK)), "agree") == {"E1": 3.0, "E2": None, "E3": 1.0}


def test_options_at_places_and_what_nobody_asked():
    table = table_of(["r[1]", "r[2]", "id"], ["b", "a", "7"], ["a", "b", "8"])
    points = ({"value": 1.0, "en": "a", "ru": ""}, {"value": 2.0, "en": "b", "ru": ""})
    heads = {
        "r[1]": Head("r", "Rank", "1", role=AT_PLACE, place=1, points=points),
        "r[2]": Head("r", "Rank", "2", role=AT_PLACE, place=2, points=points),
        "id": Head("id", role=ASIDE, why="system"),
    }
    export = Export("", table, heads)
    assert [column.why for column in proposals.propose_columns(export, None)] == ["", "", "system"]
    found = survey_of(export)
    assert answers_of(found, "r.1") == {"E1": 2.0, "E2": 1.0}
    assert answers_of(found, "r.2") == {"E1": 1.0, "E2": 2.0}


def test_an_instrument_comes_back_from_plain_values_as_it_was():
    assert Instrument.from_json(BOOK.to_json()) == BOOK


def test_the_key_of_cannot_say_is_an_answer_beside_the_scale():
    export = Export("", table_of(["agree"], ["no"], ["dk"], ["yes"]), {"agree": Head("agree", "agree")})
    assert answers_of(survey_of(with_definition(export, BOOK)), "agree") == {"E1": 3.0, "E2": None, "E3": 1.0}


def test_a_definition_rules_over_the_role_that_answers_seem_to_have():
    lines = (Item("m", "likert", ("Rate", ""), options=AGREE.options), Item("m.1", "likert", ("One", ""), parent="m"))
    order = Item("order", "rank", ("Order", ""), options=HELPS.options)
    book = Instrument("b", ("", ""), (HELPS, *lines, order, Item("read", "note", ("Read", ""))))
    heads = {
        "a": Head("m", line="1", role=TICK), "b": Head("m", line="", role=AT_PLACE, place=1), "c": Head("m.1"),
        "d": Head("order", line="2"), "e": Head("helps", line="pilots"), "f": Head("read"),
        "g": Head("q07", "What helped?", "1", "pilots", TICK), "h": Head("q08", "Something else"),
    }  # fmt: skip
    found = with_definition(Export("", table_of([*heads], ["x"] * 8), heads), book).heads
    assert [(found[name].question, found[name].line, found[name].role) for name in "abc"] == [
        ("m", "1", ANSWER), ("m", "1", ANSWER), ("m", "1", ANSWER),
    ]  # fmt: skip
    assert (found["d"].role, found["d"].place, found["d"].line) == (AT_PLACE, 2, "")
    assert (found["e"].role, found["f"].role) == (TICK, ASIDE)
    assert (found["g"].question, found["g"].line, found["g"].defined) == ("helps", "pilots", True)
    assert not found["h"].defined
