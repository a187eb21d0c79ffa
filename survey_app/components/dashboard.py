"""The sections of the dashboard: each a question, a chart that answers it, and the words behind a mark."""

from typing import Any

import pandas as pd
import streamlit as st

from coding.counts import expert_statements, quotes_of
from coding.segments import ALL
from survey_app import language, session
from survey_app.components.answer_agreement import agreeing
from survey_app.components.chart import Mark, picked, quotes_list, words_panel
from survey_app.components.drawing import Drawn, drawn, look, show, with_groups
from survey_app.components.empty import empty_state
from survey_app.components.filters import Choice, addressed_select
from survey_app.components.section import words_of_code
from survey_app.components.take_along import table_alone
from survey_app.language import _, label
from survey_app.store.team import Role
from survey_app.views import answers, groups_and_codes, problems_and_enablers, style, who_speaks
from survey_app.views.key_figures import KeyFigure, key_figures
from survey_app.views.segment_names import records


def show_key_figures(choice: Choice) -> None:
    """What stands behind the charts, in a row."""
    with st.container(horizontal=True, key="key-figures"):
        for each in _key_figures(choice.stamp, language.current(), choice):
            value = str(each.count) if each.of is None else style.k_of_n(each.count, each.of)
            st.metric(each.name, value, border=True)


@st.cache_resource(max_entries=64, show_spinner=False)
def _key_figures(stamp: tuple[Any, ...], words: str, _choice: Choice) -> list[KeyFigure]:
    return key_figures(_choice.frames, **_choice.counted_by)


def nothing_coded(choice: Choice) -> bool:
    """Whether no expert's statement has a code in this layer."""
    return not _prepared("codes", choice.stamp, "", choice)["statements"].any()


@st.fragment
def hindering_and_helping(choice: Choice) -> None:
    """Problems and enablers as mirrored bars."""
    view = problems_and_enablers
    st.header(view.title(), anchor=False)
    left, right = st.columns([3, 2])
    with left:
        segment = addressed_select("of", _("Whose words"), choice.segments, choice.name_of)
    units: list[problems_and_enablers.Unit] = ["experts", "statements"]
    unit = right.segmented_control(
        _("Count"), units, default="experts", required=True, key="count of problems", persist_state="session",
        format_func=lambda name: {"experts": _("Experts"), "statements": _("Statements")}[name],
    )  # fmt: skip
    prepared = _prepared("problems", choice.stamp, "", choice)
    made = drawn(
        ("problems", choice.stamp, segment, unit, *look()),
        lambda dark: Drawn(
            view.finding(prepared, segment=segment, unit=unit),
            view.figure(prepared, segment=segment, unit=unit, dark=dark), view.table(prepared, segment=segment),
        ),
    )  # fmt: skip
    show("problems", view.title(), made, view.reading())
    words_of_code("problems", choice, prepared)


@st.fragment
def speaking_of_what(choice: Choice) -> None:
    """Segments and codes as a heat map."""
    view = groups_and_codes
    st.header(view.title(), anchor=False)
    prepared = _prepared("codes", choice.stamp, "", choice)
    names = view.roots(prepared)
    root = addressed_select("codes", _("Codes"), ["", *names], lambda key: names.get(key) or _("the most named of all"))
    made = drawn(
        ("codes", choice.stamp, root, *look()),
        lambda dark: Drawn(
            view.finding(prepared, root=root), view.figure(prepared, root=root, dark=dark),
            view.table(prepared, root=root),
        ),
    )  # fmt: skip
    show("codes", view.title(), made, view.reading())
    words_of_code("codes", choice, prepared)


@st.fragment
def answering(choice: Choice) -> None:
    """The closed questions of the questionnaire, one at a time."""
    view = answers
    st.header(view.title(), anchor=False)
    asked = {question.item_id: question for question in view.questions(choice.frames)}
    if not asked:
        empty_state(
            "checklist", _("No answers yet"), _("Import the questionnaire to see what the experts answered."),
            page="pages/questionnaire.py", label=_("Questionnaire"),
        )  # fmt: skip
        return
    telling = [key for key, question in asked.items() if len(question.lines) > 1] or list(asked)
    question = addressed_select(
        "question", _("Question"), list(asked), lambda key: label(asked[key]), default=telling[0]
    )  # fmt: skip
    prepared = _prepared("answers", choice.stamp, question, choice)
    line, segment = "", ALL
    lines = {row["item_id"]: label(row) for row in records(prepared.drop_duplicates("item_id"))}
    if len(lines) > 1 or asked[question].kind == "single":
        left, right = st.columns(2)
        if len(lines) > 1:
            with left:
                line = addressed_select(
                    "line", _("Compare"), ["", *lines], lambda key: lines.get(key) or _("all lines")
                )
        if not line:
            with right if len(lines) > 1 else left:
                segment = addressed_select("answers-of", _("Whose answers"), choice.segments, choice.name_of)
    made = drawn(
        ("answers", choice.stamp, question, segment, line, *look()),
        lambda dark: Drawn(
            view.finding(prepared, segment=segment, line=line),
            view.figure(prepared, segment=segment, line=line, dark=dark),
            view.table(prepared, segment=segment, line=line),
        ),
    )  # fmt: skip
    show("answers", label(asked[question]), made, view.reading(prepared))
    agreeing(choice, question, asked[question].kind, segment, line)
    mark = picked("answers")
    if mark and mark[0] in lines and mark[1] in choice.segments:
        _answers_given(
            choice, mark, lines[mark[0]], str(prepared.set_index("item_id").loc[[mark[0]], "code_id"].iloc[0])
        )


@st.fragment
def speaking_how_much(choice: Choice) -> None:
    """Statements by expert."""
    view = who_speaks
    st.header(view.title(), anchor=False)
    prepared = _prepared("speakers", choice.stamp, "", choice)
    made = drawn(
        ("speakers", choice.stamp, *look()),
        lambda dark: Drawn(view.finding(prepared), view.figure(prepared, dark=dark), view.table(prepared)),
    )
    show("speakers", view.title(), made, view.reading())
    mark = picked("speakers")
    if mark and mark[0] in set(choice.frames.experts["expert_id"]):
        said = expert_statements(choice.frames)
        said = said[said["expert_id"] == mark[0]].merge(
            choice.frames.experts[["expert_id", "group_id"]], on="expert_id"
        )
        words_panel("speakers", mark[0], "", lambda: quotes_list(with_groups(said, choice)))


def _answers_given(choice: Choice, mark: Mark, name: str, code_id: str) -> None:
    """The panel for a selected answer: who answered what, for researchers, and what was said of the same."""

    def tell() -> None:
        if session.may(Role.RESEARCHER):
            given = answers.given(choice.frames, mark[0], choice.groups_in(mark[1]))
            table_alone("answers-given", given, alt=name)
        else:
            st.caption(_("Who answered what is shown to researchers."))
        if code_id in set(choice.frames.codes["code_id"]):
            st.markdown("**" + _("What they said about it") + "**")
            quotes = quotes_of(choice.frames, code_id, choice.groups_in(mark[1]), **choice.counted_by)
            quotes_list(with_groups(quotes, choice))

    words_panel("answers", name, choice.name_of(mark[1]), tell)


@st.cache_resource(max_entries=64, show_spinner=False)
def _prepared(view: str, stamp: tuple[Any, ...], question: str, _choice: Choice) -> pd.DataFrame:
    """The prepared frame of a view; shared, nobody writes into it."""
    frames, segmentation, counted_by = _choice.frames, _choice.segmentation, _choice.counted_by
    if view == "answers":
        return answers.prepare(frames, segmentation, question)
    prepare = {"problems": problems_and_enablers, "codes": groups_and_codes, "speakers": who_speaks}[view].prepare
    return prepare(frames, segmentation, **counted_by)
