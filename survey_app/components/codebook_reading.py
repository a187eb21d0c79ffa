"""The codebook for those who work by it and do not change it."""

import streamlit as st

from survey_app import session
from survey_app.actions.codebook_seen import codes_seen
from survey_app.components.codebook_choice import choose_code, chosen_code
from survey_app.components.codebook_file import codebook_downloads
from survey_app.components.codebook_names import WORDS, code_name, path_of, word_names
from survey_app.components.codebook_tree import Act, codebook_tree
from survey_app.components.codebook_versions import codebook_versions
from survey_app.components.memo_here import memo_here
from survey_app.components.plain import plain
from survey_app.language import _, current, label, ngettext
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Row


def codebook_to_read(study: Row) -> None:
    """Codes with their definitions, the rules, what changed, and the files."""
    st.caption(_("You work by this codebook; researchers of the study change it."))
    codes, rules, changed, files = st.tabs([_("Codes"), _("Rules"), _("Versions"), _("Download")])
    with codes:
        _codes(study)
    with rules:
        _rules(study)
    with changed:
        codebook_versions(study)
    with files:
        codebook_downloads(study)


@st.fragment
def _codes(study: Row) -> None:
    found = codes_seen(session.store(), study["id"])
    chosen = chosen_code(study, found)

    def heard(act: Act) -> None:
        if act.do == "choose":
            choose_code(study, act.code)

    left, right = st.columns([2, 3], gap="large")
    with left:
        codebook_tree(study, found, chosen["id"] if chosen else None, heard, fixed=True)
    with right:
        if chosen is not None:
            _code(study, chosen, found)


def _code(study: Row, code: Row, found: list[Row]) -> None:
    st.header(plain(code_name(code)), anchor=False)
    used = ngettext("{count} coding", "{count} codings", code["codings"])
    st.caption(" · ".join([plain(path_of(code, found)), plain(code["key"]), used]))
    names = word_names()
    for word in WORDS:
        text = label(code, word)
        if text:
            st.markdown(f"**{plain(names[word])}**  \n{plain(text)}")
    memo_here(study, "code", code["id"])


def _rules(study: Row) -> None:
    with session.store().reading() as connection:
        rules = codebook_of(connection, study["id"])["rules"]
    mine, other = ("ru", "en") if current() == "ru" else ("en", "ru")
    for rule in rules:
        st.markdown(f"- {plain(rule[mine] or rule[other])}")
