"""A study whose experts have links to a form, and what they fill in."""

from datetime import UTC, datetime, timedelta

from survey_app.actions import filling_in
from survey_app.actions.form_links import link_states, make_links, use_form

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
