"""Navigation by what people do, and nothing else. Runs at every visit."""

from pathlib import Path

import streamlit as st

from survey_app import language, session
from survey_app.components.address import arrive
from survey_app.components.empty import empty_state
from survey_app.components.plain import plain
from survey_app.components.who_is_here import way_in, who_is_here
from survey_app.language import _
from survey_app.navigation import pages, refused
from survey_app.store.log import Row
from survey_app.theme import DARK_BUTTONS, NO_RAW_TABLES

PICTURES = Path(__file__).parent / "components"


def menu(study: Row | None, found: dict[str, list[st.Page]]) -> None:
    """What this tab is about, the pages by activity, the language, who has signed in."""
    if study is not None:
        st.markdown(f"**{plain(session.title_of(study))}**")
    for activity, several in found.items():
        with st.container(gap="xxsmall"):
            listed = [each for each in several if each.visibility == "visible"]
            if activity and listed:
                st.caption(activity)
            for each in listed:
                st.page_link(each)
    st.segmented_control(
        _("Language"), list(language.LANGUAGES), key="language", format_func=language.language_name, required=True
    )
    who_is_here(study)


# The tab's icon comes first: without one Streamlit looks for the page's icon on another machine.
st.set_page_config(page_icon=PICTURES / "mark.svg", layout="wide")
language.ask_session(session.chosen_language)
session.keep_language_in_address()
open_now = session.current_study()
found = pages(open_now)
page = st.navigation(found, position="hidden")
st.set_page_config(page_title=f"{page.title} · Rakurs")
shade = st.context.theme.type or "light"
st.logo(PICTURES / f"wordmark_{shade}.svg", size="large", icon_image=PICTURES / "mark.svg")
with st.sidebar:
    menu(open_now, found)
    if shade == "dark":
        st.html(DARK_BUTTONS)
    st.html(NO_RAW_TABLES)
if not session.alone() and session.account() is None:
    st.title(page.title)
    empty_state("lock", _("You are not signed in"), _("Sign in to go on. Nothing that was stored is lost."))
    way_in()
elif refused(page, open_now):
    st.title(page.title)
    empty_state(
        "lock", _("This page is not for your role"), _("Ask the owner of the study if you need it."),
        page="pages/studies.py", label=_("Studies"),
    )  # fmt: skip
else:
    arrive(page.url_path)
    page.run()
