"""A coder's memos on screen: searched, changed, linked to what they are about; a new one on whatever is chosen."""

import streamlit as st

from survey_app import session
from survey_app.actions.memos import Memo, memo_on, memos_of
from survey_app.components.memo_here import memo_form
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.language import _, label, ngettext
from survey_app.store import codes, sources
from survey_app.store.experts import experts
from survey_app.store.log import Row

QUOTE = 160


def memo_list(study: Row, coder: Row) -> None:
    """Search, then each memo with what it is about."""
    search = st.text_input(_("Search in your memos"), icon=":material/search:", key="memo-search")
    found = memos_of(session.store(), study["id"], coder["id"], search)
    st.caption(ngettext("{count} memo", "{count} memos", len(found)))
    for memo in found:
        _one(study, coder, memo)
    _new(study, coder)


def _one(study: Row, coder: Row, memo: Memo) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(_about(study, memo))}**")
        if memo.words:
            st.caption(plain(memo.words[:QUOTE]))
        st.text(memo.text)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(moment(memo.changed_at))
            _link(study, coder, memo)
            is_below = st.session_state.get("memo-on") == (memo.about, memo.about_id)
            if memo.about in {"study", "source", "expert", "code"} and not is_below:
                with st.popover(_("Change"), icon=":material/edit:"):
                    memo_form(study, coder, memo.about, memo.about_id, memo.text)


def _link(study: Row, coder: Row, memo: Memo) -> None:
    """The way to what a memo is about."""
    query = {"study": study["slug"], "coder": coder["key"]}
    source = memo.source_key or (memo.thing["key"] if memo.about == "source" else "")
    if source:
        at = {"at": memo.about_id} if memo.about == "statement" else {}
        st.page_link(
            "pages/desk.py", label=_("On the desk"), icon=":material/edit_note:",
            query_params=query | {"source": source} | at,
        )  # fmt: skip
    elif memo.about == "code":
        st.page_link(
            "pages/codebook.py", label=_("Codebook"), icon=":material/account_tree:",
            query_params=query | {"chosen": memo.thing["key"]},
        )  # fmt: skip
    elif memo.about == "expert":
        st.page_link("pages/people.py", label=_("Experts"), icon=":material/groups:", query_params=query)


def _new(study: Row, coder: Row) -> None:
    with st.expander(_("New memo"), icon=":material/add:"):
        things = _things(study)
        chosen = st.selectbox(
            _("What is the memo about?"), list(things), None, format_func=things.__getitem__, key="memo-on",
            placeholder=_("choose"),
        )  # fmt: skip
        if chosen is not None:
            about, about_id = chosen
            memo_form(study, coder, about, about_id, memo_on(session.store(), study["id"], coder["id"], *chosen))


def _things(study: Row) -> dict[tuple[str, str], str]:
    """Whatever a memo may be about outside the desk, by kind and id, each with its name."""
    with session.store().reading() as connection:
        texts = sources.sources(connection, study["id"])
        people = experts(connection, study["id"])
        book = codes.codes(connection, study["id"], archived=True)
    return {
        ("study", study["id"]): _kinds()["study"],
        **{("source", row["id"]): _named("source", row) for row in texts},
        **{("expert", row["id"]): _named("expert", row) for row in people},
        **{("code", row["id"]): _named("code", row) for row in book},
    }


def _about(study: Row, memo: Memo) -> str:
    if memo.about == "study":
        return _kinds()["study"]
    if memo.source_key:
        return f"{_kinds()[memo.about]} · {memo.source_key}"
    return _named(memo.about, memo.thing)


def _named(about: str, row: Row) -> str:
    if about == "code":
        name = f"{row['short']} {label(row)}".strip()
    elif about == "expert":
        name = row["name"] or row["key"]
    else:
        name = " · ".join(part for part in (row["key"], row["title"]) if part)
    return f"{_kinds()[about]} · {name}"


def _kinds() -> dict[str, str]:
    return {
        "study": _("The whole study"), "source": _("Text"), "expert": _("Expert"), "code": _("Code"),
        "statement": _("Statement"), "coding": _("Coding"),
    }  # fmt: skip
