"""Persona cards and requirements rest on what was said of statements, and on nothing else."""

from dataclasses import replace

import pandas as pd
import pytest

from coding.codebook import AttributeValue, StatementAttribute
from coding.personas import FIELDS, personas, requirements
from tests.coding.demo_study import demo

ATTRIBUTES = (
    StatementAttribute("persona", "Persona", "Персона", (AttributeValue("parent", "A parent", "Родитель"),)),
    StatementAttribute("need", "Need", "Потребность", (AttributeValue("one_visit", "One visit", "Один визит"),)),
    StatementAttribute(
        "requirement", "Requirement", "Требование",
        (AttributeValue("planned_result", "Planned result", "Планируемый результат"),
         AttributeValue("data", "Data", "Данные")),
    ),
)  # fmt: skip


@pytest.fixture
def judged():
    """Four statements of experts with what was said of them, and their experts."""
    frames = demo()
    spoken = frames.statements[frames.statements["expert_id"] != ""].drop_duplicates("expert_id").head(4)
    one, two, three, four = spoken["statement_id"]
    said = [
        (one, "persona", "parent"), (one, "need", "one_visit"), (one, "life_situation", "school"),
        (two, "persona", "parent"), (two, "need", "one_visit"), (three, "need", "one_visit"),
        (three, "persona", "elderly"), (four, "requirement", "data"), (one, "modality", "proposal"),
        (four, "modality", "proposal"),
    ]  # fmt: skip
    values = pd.DataFrame(
        [{"statement_id": s, "source_id": "", "attribute": a, "value": v, "coder_id": "A"} for s, a, v in said]
    )
    return replace(frames, values=values), (one, two, three, four)


def test_a_card_has_four_fields_filled_by_its_own_statements_alone(judged):
    frames, (one, two, three, _four) = judged
    parent, elderly = personas(frames, ATTRIBUTES)
    assert tuple(parent.fields) == FIELDS
    assert (parent.label_ru, parent.experts, parent.statement_ids) == ("Родитель", 2, (one, two))
    need = parent.fields["need"][0]
    assert (need.label_en, need.experts, need.statement_ids) == ("One visit", 2, (one, two))
    assert parent.fields["life_situation"][0].statement_ids == (one,)
    assert parent.fields["profile"] == ()
    assert elderly.label_en == "elderly"
    assert elderly.fields["need"][0].statement_ids == (three,)


def test_requirements_are_steps_in_order_and_what_nobody_placed_comes_last(judged):
    frames, (one, _two, _three, four) = judged
    steps = requirements(frames, ATTRIBUTES)
    assert [(step.key, step.statement_ids) for step in steps] == [
        ("planned_result", ()), ("data", (four,)), ("", (one,)),
    ]  # fmt: skip


def test_words_that_only_a_moderator_said_are_on_no_card(judged):
    frames, (one, *_others) = judged
    silent = frames.statements.assign(
        expert_id=[("" if key == one else expert) for key, expert in
                   zip(frames.statements["statement_id"], frames.statements["expert_id"], strict=True)]
    )  # fmt: skip
    found = personas(replace(frames, statements=silent), ATTRIBUTES)
    assert one not in {each for card in found for each in card.statement_ids}
