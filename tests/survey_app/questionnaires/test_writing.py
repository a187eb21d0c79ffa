"""What is written is read again as it was; and other programs find in it what they know."""

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.example import EXAMPLE
from survey_app.questionnaires.guide_form import instrument_of_guide
from survey_app.questionnaires.instrument import KINDS, Instrument, Item, Option, Section
from survey_app.questionnaires.surveyjs import to_surveyjs
from survey_app.questionnaires.writing import template, template_yaml, to_xlsform, to_yaml
from tests.coding.demo_study import guide


def through_workbook(instrument):
    return read_definition("form.xlsx", to_xlsform(instrument))


def through_yaml(instrument):
    return read_definition("form.yaml", to_yaml(instrument).encode())


@pytest.mark.parametrize("through", [through_workbook, through_yaml])
@pytest.mark.parametrize("instrument", [EXAMPLE, instrument_of_guide(guide())], ids=["example", "guide"])
def test_the_example_and_the_guide_come_back_as_they_were(instrument, through):
    again = through(instrument)
    assert again == instrument
    assert again.warnings == ()


def test_the_example_to_download_shows_every_kind():
    for found in (read_definition("a.xlsx", template()), read_definition("a.yaml", template_yaml().encode())):
        assert {item.kind for item in found.items} == set(KINDS)
        assert found.languages == ("en", "ru")


WORD = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()).strip() or "x"
)
WORDS = st.tuples(WORD, WORD)
NUMBER = st.one_of(st.none(), st.integers(-100, 100).map(float))
KEY = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)


@st.composite
def options(draw, *, scale=False):
    keys = draw(st.lists(KEY, min_size=2, max_size=5, unique=True))
    values = sorted(draw(st.lists(st.integers(0, 50), min_size=len(keys), max_size=len(keys), unique=True)))
    found = [
        Option(key, draw(WORDS), float(values[place] if scale else place + 1), draw(st.sampled_from(["", "prob.x"])),
               draw(st.booleans()) if not scale else False)
        for place, key in enumerate(keys)
    ]  # fmt: skip
    silent = draw(st.booleans())
    return (*found, Option("no_idea", draw(WORDS), 98.0, cannot_say=True)) if silent else tuple(found)


@st.composite
def questions(draw, key, section, before):
    kind = draw(st.sampled_from(KINDS))
    listed = kind in {"likert", "single", "multi", "rank"}
    bounds = sorted(draw(st.tuples(st.integers(-50, 50), st.integers(-50, 50))))
    item = Item(
        key, kind, draw(WORDS), draw(WORDS), section, options=draw(options(scale=kind == "likert")) if listed else (),
        code=draw(st.sampled_from(["", "prob.skills"])), required=draw(st.booleans()), reverse=draw(st.booleans()),
        relevant=draw(st.sampled_from(["", *(f"${{{other}}} != ''" for other in before)])),
        constraint=draw(st.sampled_from(["", ". != 'x' or string-length(.) > 3"])), constraint_words=draw(WORDS),
        long=kind == "open" and draw(st.booleans()),
    )  # fmt: skip
    if kind == "numeric" and draw(st.booleans()):
        item = replace(item, lowest=float(bounds[0]), highest=draw(st.sampled_from([None, float(bounds[1])])))
    if kind in {"multi", "rank"}:
        fewest = draw(st.integers(0, 2))
        item = replace(item, fewest=fewest, most=draw(st.sampled_from([0, *range(max(fewest, 1), 5)])))
    if kind in {"likert", "single", "numeric"} and draw(st.booleans()):
        lines = [
            Item(f"{key}.{name}", kind, draw(WORDS), section=section, parent=key, required=item.required,
                 lowest=item.lowest, highest=item.highest, reverse=draw(st.booleans()))
            for name in ("one", "two")
        ]  # fmt: skip
        return [replace(item, constraint=""), *lines]
    return [item]


@st.composite
def instruments(draw):
    sections = draw(st.lists(KEY.map(lambda key: f"page_{key}"), max_size=3, unique=True))
    items = []
    for number, section in enumerate(["", *sections]):
        for place in range(draw(st.integers(1, 2))):
            items += draw(questions(f"q{number}_{place}", section, [item.key for item in items if not item.parent]))
    return Instrument(
        draw(KEY), draw(WORDS), tuple(items), draw(st.sampled_from(["", "3"])), consent=draw(WORDS),
        sections=tuple(Section(key, draw(WORDS)) for key in sections),
    )  # fmt: skip


@settings(max_examples=20)
@given(instruments())
def test_any_instrument_comes_back_as_it_was(instrument):
    assert through_workbook(instrument) == instrument
    assert through_yaml(instrument) == instrument


def test_no_cell_is_a_formula():
    odd = replace(EXAMPLE, items=(Item("q", "open", ("=1+1", "-да"), hint=("@x", "+y")),), sections=())
    assert through_workbook(odd) == odd
    book = load_workbook(io.BytesIO(to_xlsform(odd)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[0] in "=+-@")


def test_keys_that_a_form_cannot_have_get_a_name_that_it_can():
    odd = Instrument("k", ("T", ""), (Item("1 a", "open", ("A", "")), Item("q", "open", ("B", ""), relevant="${q} = 1")),
                     languages=("en",))  # fmt: skip
    assert [item.key for item in through_workbook(odd).items] == ["q_1_a", "q"]


def test_words_beside_an_option_are_asked_by_other_programs_too():
    rows = list(load_workbook(io.BytesIO(template()))["survey"].iter_rows(values_only=True))
    beside = dict(zip(rows[0], next(row for row in rows if row[1] == "used_other"), strict=True))
    assert (beside["type"], beside["relevant"], beside["rakurs_beside"]) == (
        "text", "selected(${used}, 'other')", "used",
    )  # fmt: skip


def test_surveyjs_has_pages_with_conditions_and_bounds():
    pages = to_surveyjs(EXAMPLE)["pages"]
    asked = {element["name"]: element for page in pages for element in page["elements"]}
    assert [page["title"]["ru"] for page in pages] == ["Ваша работа", "Ваше мнение"]
    assert asked["distance"]["visibleIf"] == "{area} = 'village'"
    assert (asked["years"]["inputType"], asked["years"]["min"], asked["years"]["max"]) == ("number", 0, 60)
    assert asked["trust"]["type"] == "matrix"
    assert [row["value"] for row in asked["trust"]["rows"]] == ["data", "help"]
    assert (asked["used"]["maxSelectedChoices"], asked["used"]["showOtherItem"], len(asked["used"]["choices"])) == (
        2, True, 3,
    )  # fmt: skip
    assert asked["intro"]["html"] == {"default": "This takes ten minutes.", "ru": "Это займёт десять минут."}
    assert asked["case"]["type"] == "comment"


def test_surveyjs_says_rules_in_its_own_words():
    items = (
        Item("a.b", "multi", ("A", ""), options=(Option("x", ("X", ""), 1),)),
        Item("m", "likert", ("M", ""), options=(Option("1", ("1", ""), 1),)),
        Item("m.one", "likert", ("One", ""), parent="m"),
        Item("t", "open", ("T", ""), constraint="string-length(.) > 3",
             relevant="selected(${a.b}, 'x') and (not(${m.one} = '') or count-selected(${a.b}) >= 2)"),
        Item("u", "open", ("U", ""), relevant="regex(${t}, '[0-9]+')"),
    )  # fmt: skip
    asked = to_surveyjs(Instrument("k", ("T", ""), items))["pages"][0]["elements"]
    assert asked[2]["visibleIf"] == (
        "({a_b} contains 'x') and ((!({m.one} empty)) or ({a_b.length} >= 2))"
    )  # fmt: skip
    assert asked[2]["validators"] == [{"type": "expression", "expression": "{t.length} > 3"}]
    assert "visibleIf" not in asked[3]


def test_surveyjs_takes_the_whole_guide():
    found = to_surveyjs(instrument_of_guide(guide()))
    asked = {element["name"]: element for page in found["pages"] for element in page["elements"]}
    assert asked["z_c1"]["type"] == "multipletext"
    assert asked["t1_c2"]["selectToRankEnabled"] is True
    assert json.loads(json.dumps(found)) == found
