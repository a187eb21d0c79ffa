"""Split a code: name what it shall become, then walk through one's own codings and say of each where it goes."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from survey_app import session
from survey_app.actions.code_merging import assign_codings, split_code
from survey_app.actions.coded_words import CodedWords, coded_words
from survey_app.components.codebook_choice import take_in_hand
from survey_app.components.codebook_names import code_name, places
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, current, ngettext
from survey_app.store.log import Row

NEW = 3
STAYS = ""


def split_panel(study: Row, code: Row, found: list[Row]) -> None:
    """First the names, then the statements one by one, then the act."""
    walk: dict[str, Any] | None = st.session_state.get(_key(code))
    if walk is None:
        _names(code, found)
        return
    own = coded_words(session.store(), study["id"], code["id"], session.current_person(study))
    names = {row["id"]: code_name(row) for row in found} | walk["new"]
    if walk["at"] < len(own):
        _one(code, walk, own, names)
    else:
        st.markdown(_("You have looked at every statement.") if own else _nothing_coded())
    _finish(study, code, walk, own, names)


def _key(code: Row) -> str:
    return f"split of {code['id']}"


def _nothing_coded() -> str:
    return _("You have not used this code yet: the new codes begin empty.")


def _names(code: Row, found: list[Row]) -> None:
    with st.form(f"split-{code['id']}", border=False):
        st.markdown(_("What shall this code become? It stays itself; the new codes come to stand beside it."))
        pairs = []
        for number in range(NEW):
            english, russian = st.columns(2)
            visible: Literal["visible", "collapsed"] = "visible" if number == 0 else "collapsed"
            pairs.append(
                (
                    english.text_input(
                        _("New codes, in English"), key=f"{_key(code)}-en{number}", label_visibility=visible
                    ),
                    russian.text_input(
                        _("New codes, in Russian"), key=f"{_key(code)}-ru{number}", label_visibility=visible
                    ),
                )
            )
        there = places(found, roots=False)
        there.pop(code["id"], None)
        also = st.multiselect(
            _("Codes that are there and may take some of it"),
            list(there),
            format_func=there.__getitem__,
            placeholder=_("None"),
        )
        with st.container(horizontal=True):
            begin = st.form_submit_button(_("Go through the statements"), type="primary")
            leave = st.form_submit_button(_("Leave as it is"))
    pairs = [pair for pair in pairs if any(word.strip() for word in pair)]
    if leave:
        take_in_hand(code["id"], "")
        st.rerun()
    if begin and not pairs and not also:
        st.error(_("Name a new code, or choose one that is there."), icon=":material/error:")
    elif begin:
        new = {f"new {n}": (pair[1] or pair[0]) if current() == "ru" else (pair[0] or pair[1])
               for n, pair in enumerate(pairs)}  # fmt: skip
        st.session_state[_key(code)] = {"pairs": pairs, "new": new, "also": also, "at": 0, "decided": {}}
        st.rerun()


def _one(code: Row, walk: dict[str, Any], own: list[CodedWords], names: dict[str, str]) -> None:
    words = own[walk["at"]]
    st.progress(
        walk["at"] / len(own), _("Statement {k} of {n}", k=walk["at"] + 1, n=len(own)),
    )  # fmt: skip
    st.caption(plain(words.source))
    st.markdown(
        f":gray[{plain(words.before)}] **{plain(words.text)}** :gray[{plain(words.after)}]"
    )  # fmt: skip
    targets = {STAYS: _("Stays")}
    targets |= {target: names[target] for target in [*walk["new"], *walk["also"]]}
    decided = walk["decided"].get(words.coding_id)
    with st.container(horizontal=True):
        for number, (target, text) in enumerate(targets.items(), start=1):
            st.button(
                plain(text), key=f"{_key(code)}-{number}", on_click=_decide,
                args=(code, words.coding_id, target), shortcut=str(number) if number <= 9 else None,
                type="primary" if decided == target else "secondary",
            )  # fmt: skip
        if walk["at"]:
            st.button(_("Back"), icon=":material/arrow_back:", key=f"{_key(code)}-back", on_click=_back, args=(code,))


def _decide(code: Row, coding_id: str, target: str) -> None:
    walk = st.session_state[_key(code)]
    walk["decided"][coding_id] = target
    walk["at"] += 1


def _back(code: Row) -> None:
    st.session_state[_key(code)]["at"] -= 1


def _finish(study: Row, code: Row, walk: dict[str, Any], own: list[CodedWords], names: dict[str, str]) -> None:
    there = {words.coding_id for words in own}
    moving = {row_id: target for row_id, target in walk["decided"].items() if target and row_id in there}
    said = [
        f"{plain(names[target])}: {ngettext('{count} coding', '{count} codings', list(moving.values()).count(target))}"
        for target in [*walk["new"], *walk["also"]]
    ]
    st.caption(
        " · ".join([*said, _("{count} stay", count=len(own) - len(moving))])
        + "\n\n" + _("Codings of other coders stay where they are; each coder goes through their own.")
    )  # fmt: skip
    with st.container(horizontal=True):
        text = _("Split now") if walk["at"] >= len(own) else _("Split now, the rest stays")
        done = st.button(
            text, type="primary" if walk["at"] >= len(own) else "secondary", key=f"{_key(code)}-do",
            disabled=not walk["pairs"] and not moving,
        )  # fmt: skip
        left = st.button(_("Leave as it is"), key=f"{_key(code)}-leave")
    if done:
        with telling_problems():
            _carry_out(study, code, walk, moving)
            tell(_("The code was split. Undo brings it back."))
    if done or left:
        st.session_state.pop(_key(code), None)
        take_in_hand(code["id"], "")
        st.rerun()


def _carry_out(study: Row, code: Row, walk: dict[str, Any], moving: dict[str, str]) -> None:
    person = session.current_person(study)
    if not walk["pairs"]:
        assign_codings(session.store(), person, study["id"], moving)
        return
    decisions: dict[str, int | str] = {
        row_id: int(target.removeprefix("new ")) if target in walk["new"] else target
        for row_id, target in moving.items()
    }
    split_code(session.store(), person, study["id"], code["id"], walk["pairs"], decisions)
