"""What must not change a number: the language, the moderator, the screen's theme."""

import pandas as pd
import pytest
from sqlalchemy import select

from coding.segments import by_groups
from survey_app.actions.demo import SLUGS
from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.log import rows as read
from survey_app.views import (
    answers,
    declared_and_reflected,
    dominance,
    force_field,
    groups_and_codes,
    problems_and_enablers,
    saturation,
    who_speaks,
)
from survey_app.views.key_figures import key_figures

from .conftest import EXPECTED, demo_frames

CHARTS = [
    problems_and_enablers, groups_and_codes, who_speaks, saturation, dominance, declared_and_reflected, force_field
]  # fmt: skip


def numbers(frames, view, *more):
    return view.prepare(frames, by_groups(frames.groups), *more)


def figures(frames):
    return {each.key: (each.count, each.of) for each in key_figures(frames)}


@pytest.mark.parametrize("view", CHARTS)
def test_english_and_russian_give_the_same_numbers(demo_store, view):
    english, russian = (numbers(demo_frames(demo_store, name), view) for name in ("en", "ru"))
    pd.testing.assert_frame_equal(english, russian)


def test_english_and_russian_give_the_same_answers(demo_store):
    english, russian = (demo_frames(demo_store, name) for name in ("en", "ru"))
    asked = answers.questions(english)
    assert asked == answers.questions(russian)
    for question in asked:
        pd.testing.assert_frame_equal(
            numbers(english, answers, question.item_id), numbers(russian, answers, question.item_id)
        )


def test_the_key_figures_are_known(frames):
    assert figures(frames) == {
        "experts": (20, 20),
        "sessions": (3, None),
        "statements": (EXPECTED["statements_total"], None),
        "coded": (EXPECTED["statements_coded"], EXPECTED["statements_total"]),
        "answered": (20, 20),
    }


def test_the_moderator_is_never_counted(store):
    """Every word of moderator and host gets every code; no number moves."""
    study = need_study(store, SLUGS["en"])
    before = frames_of(store, study["id"])
    with store.change(study["id"], "A", "code_the_moderator") as change:
        connection, turn, speaker, source = change.connection, schema.turn, schema.speaker, schema.source
        spoken = read(
            connection,
            select(turn)
            .join(source, source.c.id == turn.c.source_id)
            .join(speaker, (speaker.c.source_id == turn.c.source_id) & (speaker.c.display_name == turn.c.speaker))
            .where(source.c.study_id == study["id"], source.c.kind == "session", speaker.c.role != "expert"),
        )
        codes = read(connection, select(schema.code).where(schema.code.c.study_id == study["id"]))
        coder = read(connection, select(schema.coder).where(schema.coder.c.study_id == study["id"]))[0]
        change.insert(
            schema.coding,
            [
                {"source_id": row["source_id"], "start": row["start"], "end": row["end"], "code_id": code["id"],
                 "coder_id": coder["id"], "created_at": "", "layer": "adjudicated"}
                for row in spoken for code in codes
            ],
        )  # fmt: skip
    after = frames_of(store, study["id"])
    assert len(after.codings) - len(before.codings) == len(spoken) * len(codes) > 1000
    for view in CHARTS:
        pd.testing.assert_frame_equal(numbers(after, view), numbers(before, view))
    assert figures(after) == figures(before)


def test_an_expert_who_turns_out_to_moderate_is_no_longer_counted(store):
    study = need_study(store, SLUGS["en"])
    with store.change(study["id"], "A", "mark_moderator") as change:
        expert = read(change.connection, select(schema.expert).where(schema.expert.c.key == "S2",
                                                                      schema.expert.c.study_id == study["id"]))[0]  # fmt: skip
        mine = read(change.connection, select(schema.speaker).where(schema.speaker.c.expert_id == expert["id"]))
        for row in mine:
            change.update(schema.speaker, row["id"], role="moderator")
    found = figures(frames_of(store, study["id"]))
    assert found["experts"] == (19, 20)
    assert found["statements"] == (280 - 26, None)
