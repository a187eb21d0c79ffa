"""Put a query together: blocks of lines, each a few choices. What is chosen is asked at once."""

from __future__ import annotations

import streamlit as st

from coding.query_blocks import (
    ALL_OF,
    ANOTHER,
    ANY_OF,
    CODE,
    EXPERT,
    HERE,
    NEAR,
    NOT_EXPERT,
    NOT_NEAR,
    VALUE,
    WORDS,
    Block,
    Blocks,
    Line,
)
from coding.query_form import FURTHEST, LONGEST_WORDS
from survey_app.actions.askable import Askable
from survey_app.components.codebook_names import code_name
from survey_app.language import _, label
from survey_app.store.log import Row


def query_form(blocks: Blocks, asked: Askable, key: str) -> None:
    """Show the blocks and change them in place. `key` names these blocks: others begin with widgets of their own."""
    for place, block in enumerate(blocks.blocks):
        if place:
            _between(blocks, f"{key}-{block.number}")
        with st.container(border=True, gap="xsmall"):
            _block(blocks, block, asked, f"{key}-{block.number}")
    if st.button(
        _("Add a condition elsewhere") if blocks.blocks else _("Add a condition"), icon=":material/add_box:",
        key=f"{key}-block", type="tertiary", help=_("Near the statement, or anywhere the same expert speaks."),
    ):  # fmt: skip
        blocks.blocks.append(Block(place=NEAR if blocks.blocks else HERE))
        st.rerun()


def _between(blocks: Blocks, key: str) -> None:
    blocks.join = _join(blocks.join, f"{key}-with", {ALL_OF: _("and"), ANY_OF: _("or")})


def _block(blocks: Blocks, block: Block, asked: Askable, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        places = _places()
        if len(blocks.blocks) > 1 or block.place != HERE:
            block.place = _select(_("Where"), places, block.place, f"{key}-place", width=380)
            if block.place in (NEAR, ANOTHER, NOT_NEAR):
                block.within = int(
                    st.number_input(
                        _("Statements away"), 0, FURTHEST, block.within, key=f"{key}-within", width=130,
                        label_visibility="collapsed", help=_("Statements between are counted, moderators’ too."),
                    )
                )  # fmt: skip
    for line in list(block.lines):
        _line(blocks, block, line, asked, f"{key}-{line.number}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Add a line"), icon=":material/add:", key=f"{key}-line", type="tertiary"):
            block.lines.append(Line())
            st.rerun()
        if len(block.lines) > 1:
            names = {ALL_OF: _("all of these"), ANY_OF: _("any of these")}
            block.join = _join(block.join, f"{key}-join", names)


def _line(blocks: Blocks, block: Block, line: Line, asked: Askable, key: str) -> None:
    kinds = _kinds()
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = _select(
            _("Condition"), kinds, f"{line.kind}{'-not' if line.negated else ''}", f"{key}-kind", width=190
        )
        line.kind, line.negated = chosen.removesuffix("-not"), chosen.endswith("-not")
        if line.kind == CODE:
            names = {"": _("any code")} | {row["key"]: _indented(row) for row in asked.codes}
            line.code = _select(_("Code"), names, line.code, f"{key}-code")
        elif line.kind == WORDS:
            line.words = st.text_input(
                _("Words"), line.words, max_chars=LONGEST_WORDS, key=f"{key}-words", label_visibility="collapsed",
                placeholder=_("words that stand in the statement"),
            )  # fmt: skip
        else:
            _value(line, asked, key)
        if st.button(
            "", icon=":material/close:", key=f"{key}-away", type="tertiary", help=_("Take this condition out")
        ):  # fmt: skip
            block.lines.remove(line)
            if not block.lines:
                blocks.blocks.remove(block)
            st.rerun()


def _value(line: Line, asked: Askable, key: str) -> None:
    attributes = {row["key"]: label(row) for row in asked.attributes}
    if not attributes:
        st.caption(_("The codebook of this study has no attributes of statements."))
        return
    line.attribute = _select(_("Attribute"), attributes, line.attribute, f"{key}-attribute")
    known: list[Row] = next((row["values"] for row in asked.attributes if row["key"] == line.attribute), [])
    values = {"": _("any value")} | {value["key"]: label(value) or value["key"] for value in known}
    line.value = _select(_("Value"), values, line.value, f"{key}-value-{line.attribute}")


def _select(title: str, names: dict[str, str], chosen: str, key: str, width: int | None = None) -> str:
    if chosen and chosen not in names:
        names = names | {chosen: chosen}  # it is gone, but what was asked stays asked
    options = list(names)
    at = options.index(chosen) if chosen in names else 0
    return str(
        st.selectbox(
            title, options, at, format_func=names.__getitem__, key=key, label_visibility="collapsed",
            width=width or "stretch",
        )
    )  # fmt: skip


def _join(chosen: str, key: str, names: dict[str, str]) -> str:
    return str(
        st.segmented_control(
            _("Joined by"), list(names), default=chosen, key=key, format_func=names.__getitem__, required=True,
            label_visibility="collapsed",
        )
    )  # fmt: skip


def _indented(row: dict[str, object]) -> str:
    return code_name(row) if row["parent_id"] else f"{code_name(row)} …"


def _places() -> dict[str, str]:
    return {
        HERE: _("In the statement itself"), NEAR: _("In it or near it: statements away, at most"),
        ANOTHER: _("In another near it: statements away, at most"),
        NOT_NEAR: _("Neither in it nor near: statements away, at most"), EXPERT: _("Anywhere the same expert speaks"),
        NOT_EXPERT: _("Nowhere the same expert speaks"),
    }  # fmt: skip


def _kinds() -> dict[str, str]:
    return {
        CODE: _("has the code"), f"{CODE}-not": _("has not the code"), WORDS: _("says"),
        f"{WORDS}-not": _("does not say"), VALUE: _("has the attribute"), f"{VALUE}-not": _("has not the attribute"),
    }  # fmt: skip
