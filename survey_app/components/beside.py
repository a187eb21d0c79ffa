"""Talk beside form: sections that each ask a question, with a chart and the words behind a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from coding.counts import SESSIONS, quotes_of
from coding.segments import ALL
from coding.talk_and_form import matters
from survey_app.components.chart import picked, quotes_list, words_panel
from survey_app.components.drawing import Drawn, drawn, look, prepared, show, with_groups
from survey_app.components.empty import empty_state
from survey_app.components.filters import Choice, addressed_select
from survey_app.components.plain import plain
from survey_app.components.take_along import table_alone
from survey_app.language import _, label
from survey_app.views import answers, chosen_and_said, priorities, said_and_rated, style, talk_and_form
from survey_app.views.segment_names import records


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about: the choice of the filters, what counts as talk, and whether experts may be told apart."""

    choice: Choice
    source_kinds: tuple[str, ...]
    experts: bool

    @property
    def stamp(self) -> tuple[object, ...]:
        """The key to keep results under."""
        return (*self.choice.stamp, self.source_kinds, self.experts)

    def quotes(self, code_id: str, group_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """The words that were counted."""
        found = quotes_of(
            self.choice.frames, code_id, group_ids, source_kinds=self.source_kinds, **self.choice.counted_by
        )
        return with_groups(found, self.choice)


def choose_talk(choice: Choice, experts: bool) -> Asked:
    """Whether written answers count as talk too; they do not unless asked."""
    kinds = {"sessions": SESSIONS, "answers": (*SESSIONS, "answer")}
    names = {"sessions": _("what was said in sessions"), "answers": _("sessions and open answers of the questionnaire")}
    chosen = addressed_select("talk", _("Talk is"), list(kinds), lambda key: names[key], width=420)
    return Asked(choice, kinds[chosen], experts)


def nothing_beside(asked: Asked) -> bool:
    """Whether no answered item measures a code; says what to do then."""
    frames = asked.choice.frames
    if not matters(frames).empty or chosen_and_said.questions(frames):
        return False
    where = {"page": "pages/questionnaire.py", "label": _("Questionnaire")} if asked.experts else {}
    empty_state(
        "balance", _("Nothing to lay side by side yet"),
        _(
            "Talk and form meet where a closed question measures a code. Name the code at the questions of the "
            "interview guide (“code: prob.skills”), then import the questionnaire with that guide."
        ), **where,
    )  # fmt: skip
    return True


@st.fragment
def rating_what_is_said(asked: Asked) -> None:
    """Correlation of mention and rating, a row a matter."""
    view, choice = talk_and_form, asked.choice
    st.header(view.title(), anchor=False)
    if matters(choice.frames).empty:
        st.caption(_("No scale in the questionnaire measures a code."))
        return
    segment = addressed_select("rated-by", _("Whose words and ratings"), choice.segments, choice.name_of, width=420)
    rows = prepared(
        ("talk", asked.stamp),
        lambda: view.prepare(
            choice.frames, choice.segmentation, source_kinds=asked.source_kinds, experts=asked.experts,
            **choice.counted_by,
        ),
    )  # fmt: skip
    made = drawn(
        ("talk", asked.stamp, segment, *look()),
        lambda dark: Drawn(
            view.finding(rows, segment=segment), view.figure(rows, segment=segment, dark=dark),
            view.table(rows, segment=segment),
        ),
    )  # fmt: skip
    show("talk", view.title(), made, view.reading())
    _words_of_line("talk", asked, rows, "mentioned")


@st.fragment
def parting_company(asked: Asked) -> None:
    """One matter, expert by expert."""
    view, choice = said_and_rated, asked.choice
    listed = {row["item_id"]: label(row) for row in records(matters(choice.frames))}
    if not listed:
        return
    st.header(view.title(), anchor=False)
    problems = choice.frames.codes.set_index("code_id")["polarity"]
    measured = choice.frames.items.set_index("item_id")["code_id"]
    first = next((key for key in listed if problems.get(measured[key]) == "negative"), next(iter(listed)))
    item_id = addressed_select("matter", _("Matter"), list(listed), lambda key: listed[key], default=first)
    rows = prepared(
        ("parting", asked.stamp, item_id),
        lambda: view.prepare(
            choice.frames, item_id, source_kinds=asked.source_kinds, experts=asked.experts, **choice.counted_by
        ),
    )
    made = drawn(
        ("parting", asked.stamp, item_id, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    show("parting", view.title(), made, view.reading(rows))
    _words_of_expert(asked, rows, item_id)


@st.fragment
def coming_first(asked: Asked) -> None:
    """Severity and share of experts, as a field."""
    view, choice = priorities, asked.choice
    asked_of = {key: label(row) for key, row in _items(choice).items() if key in view.questions(choice.frames)}
    if not asked_of:
        return
    st.header(view.title(), anchor=False)
    ordered = list(view.questions(choice.frames))
    left, right = st.columns(2)
    with left:
        question = addressed_select("priorities", _("Question"), ordered, lambda key: asked_of[key])
    with right:
        segment = addressed_select("priorities-of", _("Whose words and ratings"), choice.segments, choice.name_of)
    rows, made = _of_question("priorities", view, asked, question, segment)
    show("priorities", view.title(), made, view.reading())
    _words_of_line("priorities", asked, rows, "k")


@st.fragment
def choosing_and_saying(asked: Asked) -> None:
    """Rankings and choices beside mentions."""
    view, choice = chosen_and_said, asked.choice
    listed = view.questions(choice.frames)
    if not listed:
        return
    st.header(view.title(), anchor=False)
    left, right = st.columns(2)
    with left:
        question = addressed_select("chosen", _("Question"), list(listed), lambda key: label(listed[key]))
    with right:
        segment = addressed_select("chosen-by", _("Whose words and answers"), choice.segments, choice.name_of)
    rows, made = _of_question("chosen", view, asked, question, segment)
    show("chosen", view.title(), made, view.reading(rows))
    _words_of_line("chosen", asked, rows, "said")


@st.fragment
def of_one_question(asked: Asked, view: Any, question: str) -> None:
    """One question of the questionnaire beside what is said of the same, by `priorities` or `chosen_and_said`."""
    choice, key = asked.choice, f"beside-{question}"
    st.header(plain(label(_items(choice)[question]) or view.title()), anchor=False)
    segment = addressed_select(
        f"of-{question}", _("Whose words and answers"), choice.segments, choice.name_of, width=420
    )
    rows, made = _of_question(key, view, asked, question, segment)
    show(key, view.title(), made, view.reading(rows) if view is chosen_and_said else view.reading())
    _words_of_line(key, asked, rows, "said" if view is chosen_and_said else "k")


def _of_question(key: str, view: Any, asked: Asked, question: str, segment: str) -> tuple[pd.DataFrame, Drawn]:
    """What a view prepares of one question, and what it draws of it for one segment; both are kept."""
    choice = asked.choice
    rows = prepared(
        (key, asked.stamp, question),
        lambda: view.prepare(
            choice.frames, choice.segmentation, question, source_kinds=asked.source_kinds, **choice.counted_by
        ),
    )
    made = drawn(
        (key, asked.stamp, question, segment, *look()),
        lambda dark: Drawn(
            view.finding(rows, segment=segment), view.figure(rows, segment=segment, dark=dark),
            view.table(rows, segment=segment),
        ),
    )  # fmt: skip
    return rows, made


def _words_of_line(key: str, asked: Asked, rows: pd.DataFrame, spoken: str) -> None:
    """The panel for a line of a question in a segment: the words on its code, and who answered what."""
    mark = picked(key)
    found = records(rows[(rows["item_id"] == mark[0]) & (rows["segment"] == mark[1])]) if mark else []
    if not mark or not found:
        return
    row, groups = found[0], asked.choice.groups_in(mark[1])
    facts = [asked.choice.name_of(mark[1]), style.k_of_n_experts(row[spoken], row["n"])]

    def tell() -> None:
        if asked.experts:
            table_alone(f"{key}-given", answers.given(asked.choice.frames, mark[0], groups), alt=label(row))
        quotes_list(asked.quotes(row["code_id"], groups))

    words_panel(key, label(row), " · ".join(facts), tell)


def _words_of_expert(asked: Asked, rows: pd.DataFrame, item_id: str) -> None:
    """The panel for an expert's dot: their answer and their words; for a number, everybody's words."""
    mark = picked("parting")
    if not mark or mark[0] != item_id:
        return
    quotes = asked.quotes(str(rows["code_id"].iloc[0]))
    heading, facts = label(records(rows.head(1))[0]), asked.choice.name_of(ALL)
    if asked.experts and mark[1] in set(rows["expert_id"]):
        quotes, facts = quotes[quotes["expert_id"] == mark[1]], mark[1]
    words_panel("parting", heading, facts, lambda: quotes_list(quotes))


def _items(choice: Choice) -> dict[str, dict[str, object]]:
    return {row["item_id"]: row for row in records(choice.frames.items)}
