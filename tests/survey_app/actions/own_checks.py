"""Experts of the demo with links to their own quotes, and what they answer."""

from survey_app.actions import own_check
from survey_app.actions.check_links import check_states, make_check_links
from survey_app.actions.quotes import answered_quotes
from survey_app.actions.results import Layer
from tests.survey_app.actions.filled_forms import days

ADJUDICATED = Layer("adjudicated")


def give_links(store, study, *keys, until=7):
    """{the expert's key: token}"""
    people = [state.expert_id for state in check_states(store, study["id"]) if state.expert_key in keys]
    return dict(make_check_links(store, "A", study["id"], people, days(until)))


def say(store, token, answer, *numbers, wording=""):
    """Answer the same of quotes by their place on the page, without numbers of all; returns their statements."""
    quotes = own_check.look_up(store, token).quotes
    chosen = [quotes[number] for number in numbers] if numbers else quotes
    own_check.answer(store, token, {each.statement_id: (answer, wording, each.mark) for each in chosen})
    return [each.statement_id for each in chosen]


def quote_row(store, study, statement_id):
    """One quote as the gate reads it."""
    return next(row for row in answered_quotes(store, study, ADJUDICATED) if row["statement_id"] == statement_id)
