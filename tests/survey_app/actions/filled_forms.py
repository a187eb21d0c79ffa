"""A study whose experts have links to a form, and what they fill in."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from survey_app.actions import filling_in
from survey_app.actions.form_links import link_states, make_links, use_form
from survey_app.store import schema
from survey_app.store.frames import load_frames
from survey_app.store.log import new_id
from tests.survey_app.form.forms import EVERYTHING

GOOD = {
    "role": {"answer": "plan"}, "tenure": {"answer": "5"}, "since": {"answer": "2024-02-01"},
    "ways": {"answer": ["other", "bus"], "words": {"other": "By boat", "bus": "not asked for"}},
    "agree.noise": {"answer": "p1"}, "agree.clean": {"answer": "cannot"}, "order": {"answer": ["foot", "bus"]},
    "mood": {"answer": "p3"}, "word": {"answer": " green "}, "why": {"answer": "Because\r\nof the trees"},
}  # fmt: skip
"""Everything of `EVERYTHING`, as a browser sends it."""


def days(number):
    return (datetime.now(UTC) + timedelta(days=number)).isoformat(timespec="seconds")


def with_links(store, study, instrument, count=2, until=7):
    """Take the form into use; returns {the expert's key: token}."""
    use_form(store, "A", study, instrument, "form")
    people = [state.expert_id for state in link_states(store, study["id"])][:count]
    return dict(make_links(store, "A", study["id"], people, days(until)))


def fill_in(store, token, changes=GOOD, client="page", seq=1):
    filling_in.agree(store, token, "en")
    filling_in.keep_draft(store, token, client, seq, changes)


def answers_of(store, study, key):
    """(value, text, cannot_say) of what an expert has handed in, by item; open answers are their words."""
    with store.reading() as connection:
        frames = load_frames(connection, study["id"])
    own = {item.key for item in EVERYTHING.items}
    closed = frames.answers[frames.answers["expert_id"] == key]
    found = {
        row.item_id: (None if row.value != row.value else row.value, row.text, row.cannot_say)
        for row in closed.itertuples() if row.item_id.split(".")[0] in own
    }  # fmt: skip
    said = frames.statements
    said = said[(said["expert_id"] == key) & said["question_id"].isin(own)]
    return found | dict(zip(said["question_id"], said["text"], strict=True))


def rows_of(store, table):
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def code_answer(store, study, item):
    """Lay a code on the first answer to an open item."""
    with store.writing() as connection:
        source = connection.execute(select(schema.source).where(schema.source.c.study_id == study["id"],
                                    schema.source.c.key == f"Q-{item}")).mappings().one()  # fmt: skip
        turn = connection.execute(select(schema.turn).where(schema.turn.c.source_id == source["id"])).mappings().first()
        code, coder = (
            connection.scalar(select(table.c.id).where(table.c.study_id == study["id"]).limit(1))
            for table in (schema.code, schema.coder)
        )
        connection.execute(
            schema.coding.insert().values(
                id=new_id(), source_id=source["id"], start=turn["start"], end=turn["end"], code_id=code, coder_id=coder
            )
        )
