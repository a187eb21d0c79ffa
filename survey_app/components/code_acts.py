"""Merge, move and retire a code: each shows first what becomes of codings, as counts, and can be undone after."""

from collections.abc import Callable

import streamlit as st

from survey_app import session
from survey_app.actions.code_merging import (
    Effect,
    merge_codes,
    preview_archive,
    preview_merge,
    preview_move,
)
from survey_app.actions.codebook import archive_code, move_code
from survey_app.components.codebook_choice import choose_code, take_in_hand
from survey_app.components.codebook_names import code_name, path_of, places
from survey_app.components.codebook_tree import polarity_names
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row


def merge_panel(study: Row, code: Row, found: list[Row]) -> None:
    """Choose the code that takes this one in, see what happens, merge."""
    others = places(found, roots=False)
    others.pop(code["id"], None)
    into = st.selectbox(
        _("Merge into"), list(others), format_func=others.__getitem__, index=None, key=f"merge-{code['id']}",
        placeholder=_("Choose the code that stays"),
    )  # fmt: skip
    if into is None:
        st.caption(_("All codings of this code get the other one, and this code goes out of use."))
        _offer(code, _("Merge"), None)
        return
    with telling_problems():
        effect = preview_merge(session.store(), study["id"], code["id"], into)
        names = {row["id"]: code_name(row) for row in found}
        st.markdown(" ".join([_moving(effect, names[into]), *_joining(effect), *_children(effect, names[into])]))

        def merge() -> None:
            merge_codes(session.store(), session.current_person(study), study["id"], code["id"], into)
            choose_code(study, into)
            tell(_("The codes were merged. Undo brings both back."))

        _offer(code, _("Merge"), merge)


def move_panel(study: Row, code: Row, found: list[Row]) -> None:
    """Choose the code or root to hang below; for order, the tree is quicker."""
    offered = places(found)
    offered.pop(code["id"], None)
    place = st.selectbox(
        _("Move below"), list(offered), format_func=offered.__getitem__, key=f"move-{code['id']}",
        index=list(offered).index(code["parent_id"]) if code["parent_id"] in offered else None,
    )  # fmt: skip
    if place is None or place == code["parent_id"]:
        _offer(code, _("Move"), None)
        return
    with telling_problems():
        move_question(study, code["id"], place, found)

        def move() -> None:
            move_code(session.store(), session.current_person(study), study["id"], code["id"], place)
            tell(_("The code was moved."))

        _offer(code, _("Move"), move)


def move_question(study: Row, code_id: str, parent_id: str, found: list[Row]) -> None:
    """Say what a move changes."""
    effect, turned = preview_move(session.store(), study["id"], code_id, parent_id)
    by_id = {row["id"]: row for row in found}
    code, parent = by_id[code_id], by_id[parent_id]
    said = [
        _("**{code}** moves below {parent}.", code=plain(code_name(code)), parent=plain(path_of(parent, found))),
        *_going_along(effect),
    ]
    if turned:
        names = polarity_names()
        said.append(
            _("It {before} so far, and will count as what {after}: {codings} change their side in every result.",
              before=names[code["polarity"]], after=names[parent["polarity"]],
              codings=ngettext("{count} coding", "{count} codings", effect.codings))
        )  # fmt: skip
    st.markdown(" ".join(said))


def archive_panel(study: Row, code: Row, _found: list[Row]) -> None:
    """Take a code out of use, or bring it back."""
    with telling_problems():
        effect = preview_archive(session.store(), study["id"], code["id"])
        if code["archived"]:
            st.markdown(_("Coders will find the code again; its codings are as they were."))
        else:
            st.markdown(" ".join([_staying(effect), *_going_along(effect)]))

        def archive() -> None:
            person = session.current_person(study)
            archive_code(session.store(), person, study["id"], code["id"], archived=not code["archived"])
            tell(_("The code is in use again.") if code["archived"] else _("The code is out of use."))

        _offer(code, _("Bring back into use") if code["archived"] else _("Take out of use"), archive)


def _offer(code: Row, text: str, act: Callable[[], None] | None) -> None:
    """The act, and the way out; an act that was done lets the panel go."""
    with st.container(horizontal=True):
        done = st.button(text, type="primary", disabled=act is None, key=f"do-{code['id']}")
        st.button(
            _("Leave as it is"), key=f"leave-{code['id']}", on_click=take_in_hand, args=(code["id"], "")
        )  # fmt: skip
    if done and act is not None:
        act()
        take_in_hand(code["id"], "")
        st.rerun()


def _moving(effect: Effect, into: str) -> str:
    if not effect.codings:
        return _("Nothing is coded with it: nothing but the codebook changes.")
    return f"{_touched(effect)} {_('They will carry **{code}**.', code=plain(into))}"


def _staying(effect: Effect) -> str:
    if not effect.codings:
        return _("Nothing is coded with it: nothing but the codebook changes.")
    return f"{_touched(effect)} {_('They stay and count; coders no longer find the code.')}"


def _touched(effect: Effect) -> str:
    return _(
        "It touches {codings} ({coders}, {sources}).",
        codings=ngettext("{count} coding", "{count} codings", effect.codings),
        coders=ngettext("{count} coder", "{count} coders", effect.coders),
        sources=ngettext("{count} source", "{count} sources", effect.sources),
    )  # fmt: skip


def _joining(effect: Effect) -> list[str]:
    if not effect.joined:
        return []
    return [
        ngettext(
            "{count} of them overlaps or touches the same coder’s coding with that code: the two become one.",
            "{count} of them overlap or touch the same coder’s codings with that code: they become one each.",
            effect.joined,
        )
    ]


def _children(effect: Effect, into: str) -> list[str]:
    if not effect.children:
        return []
    return [
        ngettext(
            "{count} code below it moves below {code}.", "{count} codes below it move below {code}.",
            effect.children, code=plain(into),
        )
    ]  # fmt: skip


def _going_along(effect: Effect) -> list[str]:
    if not effect.children:
        return []
    return [
        ngettext("{count} code below it goes along.", "{count} codes below it go along.", effect.children)
    ]  # fmt: skip
