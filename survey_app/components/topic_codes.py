"""Topics beside codes: what they share, what the codebook may lack, codes that may be two, and a code of a topic."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.topic_codes import BesideCodes, FoundTopics, beside_codes, code_of_topic
from survey_app.components.chart import picked, words_panel
from survey_app.components.codebook_names import places
from survey_app.components.drawing import Drawn, drawn, look, prepared, show
from survey_app.components.filters import Choice
from survey_app.components.hidden_texts import say_what_is_hidden
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.components.topic_statements import statement_list
from survey_app.components.ways import way_to
from survey_app.language import _, label, ngettext
from survey_app.store import codes as code_rows
from survey_app.store.log import Row
from survey_app.store.team import Role
from survey_app.views import style
from survey_app.views import topic_codes as view
from survey_app.views.segment_names import records
from survey_app.views.topic_rows import WORDS_IN_NAME, topic_name

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def topic_codes(study: Row, found: FoundTopics, choice: Choice) -> None:
    """The heat map with its words, then what follows for the codebook."""
    say_what_is_hidden(study)
    beside = beside_codes(session.store(), study["id"], found, choice.frames, choice.layer)
    stamp = (*choice.stamp, *found.stamp)
    st.header(view.title(), anchor=False)
    rows = prepared(
        ("topic codes", stamp), lambda: view.prepare(found.topics, found.assigned, beside.coded, choice.frames)
    )
    made = drawn(
        ("topic codes", stamp, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    show("topic-codes", view.title(), made, view.reading())
    st.caption(plain(view.likeness_words(beside.likeness)))
    _words(study, found, choice, beside)
    _lacking(study, found, choice, beside)
    _divided(study, found, choice, beside)
    if session.may(Role.RESEARCHER):
        _new_code(study, found, beside)


def _words(study: Row, found: FoundTopics, choice: Choice, beside: BesideCodes) -> None:
    """Statements with the code, in the topic that was selected or in any."""
    mark = picked("topic-codes")
    names = {row["code_id"]: label(row) for row in records(choice.frames.codes)}
    topics = {str(topic["topic"]): topic for topic in found.topics}
    if not mark or mark[1] not in names or (mark[0] and mark[0] not in topics):
        return
    coded = list(dict.fromkeys(beside.coded.loc[beside.coded["code_id"] == mark[1], "statement_id"]))
    placed = found.assigned.loc[found.assigned["topic"] >= 0, "statement_id"]
    inside = found.statements_of(int(mark[0])) if mark[0] else set(placed)
    ids = [each for each in coded if each in inside]
    where = topic_name(topics[mark[0]]) if mark[0] else _("all topics")
    words_panel(
        "topic-codes", names[mark[1]], f"{where} · {style.statements(len(ids))}",
        lambda: statement_list(study, choice.frames, ids, f"meeting-{mark[0]}-{mark[1]}"),
    )  # fmt: skip


def _lacking(study: Row, found: FoundTopics, choice: Choice, beside: BesideCodes) -> None:
    st.header(_("What may the codebook lack?"), anchor=False)
    if beside.left_out:
        st.caption(
            ngettext(
                "{count} statement is not judged here: its text has no coding yet, or it is outside the sample.",
                "{count} statements are not judged here: their text has no coding yet, or they are outside the sample.",
                beside.left_out,
            )
        )
    topics = {topic["topic"]: topic for topic in found.topics}
    rows = [row for row in records(beside.lacking) if row["topic"] in topics]
    if not rows:
        st.markdown(_("No topic stands out: most statements of each have a code."))
        return
    st.markdown(
        _(
            "Of these topics many statements, of several experts, have no code. It may be small talk: read before you "
            "decide."
        )
    )
    for row in rows:
        with st.expander(plain(_lacks(row, topic_name(topics[row["topic"]]))), icon=":material/menu_book:"):
            statement_list(study, choice.frames, beside.uncoded[row["topic"]], f"lacking-{row['topic']}")


def _lacks(row: dict[str, Any], name: str) -> str:
    """ "18 of 20 statements have no code (9 experts)"."""
    return ngettext(
        "“{name}”: {share} statement has no code ({experts})",
        "“{name}”: {share} statements have no code ({experts})",
        row["statements"], name=name, share=style.k_of_n(row["uncoded"], row["statements"]),
        experts=ngettext("{count} expert", "{count} experts", row["experts"]),
    )  # fmt: skip


def _divided(study: Row, found: FoundTopics, choice: Choice, beside: BesideCodes) -> None:
    st.header(_("Which codes may be two?"), anchor=False)
    names = {row["code_id"]: label(row) for row in records(choice.frames.codes)}
    rows = [row for row in records(beside.divided) if row["code_id"] in names]
    if not rows:
        st.markdown(_("None: the statements of each code with enough of them lie mostly in one topic."))
        return
    st.markdown(_("The statements of these codes lie in several topics: they may say different things."))
    for row in rows:
        words, link = st.columns([4, 1], gap="small", vertical_alignment="center")
        words.markdown(
            plain(
                ngettext(
                    "“{name}”: {count} statement, spread as over {topics} topics",
                    "“{name}”: {count} statements, spread as over {topics} topics",
                    row["statements"], name=names[row["code_id"]], topics=style.number(row["effective"]),
                )
            )
        )  # fmt: skip
        with link:
            way_to(study, "find", _("Read"), "manage_search", code=row["code_id"])


def _new_code(study: Row, found: FoundTopics, beside: BesideCodes) -> None:
    """A code with a name that the topic's words propose; the statements wait for coders as a sample."""
    st.header(_("Make a code of a topic"), anchor=False)
    st.markdown(
        _(
            "The topic’s statements become suggestions: a sample under the name of the code, which you give to coders "
            "on the page “Assignments”. None of them is coded until a person does it."
        )
    )
    with session.store().reading() as connection:
        there = code_rows.codes(connection, study["id"])
    above = places(there)
    topics = {int(topic["topic"]): topic for topic in found.topics}
    listed = [*(each for each in beside.lacking["topic"] if each in topics)]
    listed += [each for each in topics if each not in listed]
    if not above:
        st.caption(_("The codebook has no roots yet: bring one in first."))
        return
    number = st.selectbox(_("Topic"), listed, format_func=lambda each: topic_name(topics[each]), key="code of topic")
    topic = topics[int(number)]
    english, russian = _proposed(topic)
    with st.form(f"code-of-{found.run['id']}-{number}", border=True):
        left, right = st.columns(2)
        label_en = left.text_input(_("Name in English"), english, max_chars=200)
        label_ru = right.text_input(_("Name in Russian"), russian, max_chars=200)
        parent = st.selectbox(_("Below"), list(above), format_func=above.__getitem__)
        if st.form_submit_button(_("Make the code"), icon=":material/new_label:"):
            with telling_problems():
                coder = session.current_coder(study)["id"] if session.coders(study) else ""
                count = code_of_topic(
                    session.store(), session.current_person(study), study["id"], coder, found=found,
                    topic=topic["topic"], parent_id=str(parent), label_en=label_en, label_ru=label_ru,
                    memo=_memo(topic, found),
                )  # fmt: skip
                tell(
                    ngettext(
                        "The code was made; {count} statement waits as its sample.",
                        "The code was made; {count} statements wait as its sample.",
                        count,
                    )
                )
                st.rerun()
    way_to(study, "assignments", _("Assignments"), "assignment_ind")


def _proposed(topic: Row) -> tuple[str, str]:
    """English and Russian name: what a person called the topic, else its words, in the language that they are in."""
    words = ", ".join(topic["words"][:WORDS_IN_NAME])
    russian = bool(_CYRILLIC.search(words))
    named = str(topic.get("name_en") or ""), str(topic.get("name_ru") or "")
    return named if any(named) else ("" if russian else words, words if russian else "")


def _memo(topic: Row, found: FoundTopics) -> str:
    return _(
        "Made of a topic ({words}), run of {moment} UTC with the model {model}, seed {seed}.",
        words=", ".join(topic["words"]), moment=found.run["created_at"][:16].replace("T", " "),
        model=found.run["model"], seed=found.run["seed"],
    )  # fmt: skip
