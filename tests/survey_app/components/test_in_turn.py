"""Charts go to a browser one after another: only what is new to it is waited for."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.components import in_turn


@pytest.fixture
def waited(monkeypatch):
    """How long was waited, in the order of it, and words for what was drawn."""
    found = []
    monkeypatch.setattr(in_turn, "WORDS_AHEAD_S", 1)
    monkeypatch.setattr(in_turn, "CHART_AHEAD_S", 4)
    monkeypatch.setattr(in_turn, "time", SimpleNamespace(sleep=found.append))
    return found


def page():
    from functools import partial

    import streamlit as st
    from plotly import graph_objects as go

    from survey_app.components.chart import chart
    from survey_app.components.in_turn import in_turn, visited

    def draw(key):
        counts = st.session_state["counts"][key]
        figure = go.Figure(go.Bar(x=counts))
        chart(
            key, "A finding", figure, st.session_state["table"], alt="A chart", light=lambda: figure,
            content=hash(tuple(counts)),
        )  # fmt: skip

    if st.session_state["anew"]:
        visited()
    in_turn(partial(draw, key) for key in ("first", "second", "third"))


@pytest.fixture
def app(waited):
    import pandas as pd

    made = AppTest.from_function(page, default_timeout=60)
    made.session_state["anew"] = True
    made.session_state["table"] = pd.DataFrame({"k": [1]})
    made.session_state["counts"] = {"first": [1, 2], "second": [3, 4], "third": [5, 6]}
    made.run()
    assert not made.exception
    return made


def test_on_a_new_page_words_go_first_and_each_chart_has_its_time(app, waited):
    assert waited == [1, 4, 1, 4, 1]


def test_what_stays_as_it_was_is_not_waited_for(app, waited):
    waited.clear()
    app.session_state["anew"] = False
    app.run()
    assert waited == []
    app.session_state["counts"] = {"first": [1, 2], "second": [9, 9], "third": [5, 6]}
    app.run()
    assert waited == [1, 4]


def test_a_page_that_is_built_from_nothing_has_every_chart_new(app, waited):
    waited.clear()
    app.run()
    assert waited == [1, 4, 1, 4, 1]


def test_a_chart_that_is_drawn_alone_waits_for_nobody(waited):
    def alone():
        import pandas as pd
        from plotly import graph_objects as go

        from survey_app.components.chart import chart

        figure = go.Figure(go.Bar(x=[1]))
        chart("alone", "A finding", figure, pd.DataFrame({"k": [1]}), alt="A chart", light=lambda: figure)

    app = AppTest.from_function(alone, default_timeout=60).run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert waited == []
