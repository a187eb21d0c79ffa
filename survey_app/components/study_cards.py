"""The list of studies: a card each, with what can be done to a study as a whole."""

import streamlit as st

from survey_app import session
from survey_app.actions import studies as acting
from survey_app.actions.deleting import names_that_stand, take_down_and_delete
from survey_app.components.plain import plain
from survey_app.components.steps import next_step, stations
from survey_app.components.telling import tell, telling_problems
from survey_app.language import LANGUAGES, _, current, language_name, ngettext
from survey_app.store.log import Row
from survey_app.store.team import Role

HOME = "pages/home.py"

LONGEST_TITLE = 200
"""Letters."""


def study_card(study: Row) -> None:
    """One study: title, what is in it, the next step, open, and the menu."""
    sizes = acting.sizes_seen(session.store(), study["id"])
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(session.title_of(study))}**  \n:small[{_facts(study, sizes)}]", width="stretch")
        role = session.role(study) or Role.READER
        if study["archived_at"]:
            if role is Role.OWNER and st.button(_("Bring back"), key=f"back-{study['slug']}", width="content"):
                with telling_problems():
                    acting.archive_study(session.store(), session.current_person(study), study["id"], archived=False)
                    st.rerun()
        elif st.button(_("Open"), key=f"open-{study['slug']}", width="content"):
            session.open_study(study["slug"])
            st.switch_page(HOME)
        if role < Role.RESEARCHER:
            return
        with st.popover("", icon=":material/more_vert:", help=_("Rename, archive, delete"), width="content",
                        key=f"menu-{study['slug']}"):  # fmt: skip
            _rename(study)
            if role is not Role.OWNER:
                return
            if not study["archived_at"] and st.button(
                _("Archive"), key=f"archive-{study['slug']}", icon=":material/archive:",
                help=_("It leaves this list and nothing in it changes; it can be brought back."),
            ):  # fmt: skip
                with telling_problems():
                    acting.archive_study(session.store(), session.current_person(study), study["id"], archived=True)
                    tell(_("The study was archived."))
                    st.rerun()
            st.divider()
            _delete(study)


def new_study(*, expanded: bool) -> None:
    """The form for a new study."""
    with (
        st.expander(_("New study"), icon=":material/add:", expanded=expanded),
        st.form("new-study", border=False, clear_on_submit=False),
    ):
        left, right = st.columns(2)
        title_en = left.text_input(_("Title in English"), max_chars=LONGEST_TITLE)
        title_ru = right.text_input(_("Title in Russian"), max_chars=LONGEST_TITLE)
        spoken = st.radio(
            _("Language of what is said"), list(LANGUAGES), list(LANGUAGES).index(current()), format_func=language_name,
            horizontal=True,
        )  # fmt: skip
        st.caption(
            _(
                "One title is enough. The starter codebook, interview guide and eight stakeholder groups come with "
                "it; all can be changed."
            )
        )
        if st.form_submit_button(_("Create study"), type="primary"):
            with telling_problems():
                made = acting.create_study(
                    session.store(), "", title_en=title_en, title_ru=title_ru, language=str(spoken)
                )
                session.open_study(made["slug"])
                tell(_("The study was created."))
                st.switch_page(HOME)


def _facts(study: Row, sizes: dict[str, int]) -> str:
    facts = [
        language_name(study["language"]),
        ngettext("{count} session", "{count} sessions", sizes["sessions"]),
        ngettext("{count} expert", "{count} experts", sizes["experts"]),
        ngettext("{count} statement", "{count} statements", sizes["statements"]),
    ]
    step = next_step(stations(sizes))
    if step is not None and (session.role(study) or Role.READER) >= Role.RESEARCHER:
        facts.append(_("next: {step}", step=step.title[:1].lower() + step.title[1:]))
    return " · ".join(plain(fact) for fact in facts)


def _rename(study: Row) -> None:
    with st.form(f"rename-{study['id']}", border=False):
        title_en = st.text_input(_("Title in English"), study["title_en"], max_chars=LONGEST_TITLE)
        title_ru = st.text_input(_("Title in Russian"), study["title_ru"], max_chars=LONGEST_TITLE)
        if st.form_submit_button(_("Rename"), icon=":material/edit:"):
            with telling_problems():
                acting.rename_study(
                    session.store(), session.current_person(study), study["id"], title_en=title_en, title_ru=title_ru
                )
                tell(_("The study was renamed."))
                st.rerun()


def _delete(study: Row) -> None:
    names = names_that_stand(session.store(), study)
    with st.form(f"delete-{study['id']}", border=False):
        down = False
        if names:
            listed = ", ".join(_("“{name}”", name=name) for name in names)
            st.warning(plain(_("Readers go on opening what was published under {names}.", names=listed)))
            down = st.checkbox(_("Take it down first"), value=True)
        typed = st.text_input(
            _("To delete for good, type {slug}", slug=study["slug"]),
            help=_("Backups stay where they are, and so does what is published and not taken down."),
        )
        if st.form_submit_button(_("Delete for good"), icon=":material/delete_forever:"):
            with telling_problems():
                if down:
                    take_down_and_delete(session.store(), session.current_person(study), study, typed)
                else:
                    acting.delete_study(session.store(), study, typed)
                tell(_("The study was deleted."))
                st.rerun()
