"""Navigation by what people do, and nothing else. Runs at every visit."""

from pathlib import Path
from typing import Literal

import streamlit as st

from survey_app import language, session
from survey_app.components.plain import plain
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.theme import DARK_BUTTONS

PICTURES = Path(__file__).parent / "components"


def pages(study: Row | None) -> dict[str, list[st.Page]]:
    """The pages by activity. Those about a study can always be reached, but are listed only when one is open."""
    seen: Literal["visible", "hidden"] = "visible" if study else "hidden"

    def about_study(name: str, title: str, icon: str) -> st.Page:
        return st.Page(f"pages/{name}.py", title=title, icon=f":material/{icon}:", visibility=seen)

    return {
        "": [
            st.Page("pages/studies.py", title=_("Studies"), icon=":material/folder_open:", default=True),
            about_study("home", _("Overview"), "home"),
        ],
        _("Collect"): [
            about_study("files", _("Transcripts"), "upload_file"),
            about_study("people", _("Experts"), "groups"),
            about_study("guide", _("Interview guide"), "contact_support"),
            about_study("documents", _("Documents"), "description"),
            about_study("questionnaire", _("Questionnaire"), "checklist"),
        ],
        _("Annotate"): [
            about_study("desk", _("Coding desk"), "edit_note"),
            about_study("codebook", _("Codebook"), "account_tree"),
            about_study("memos", _("Memos"), "sticky_note_2"),
            about_study("history", _("History"), "history"),
        ],
        _("Discover"): [
            about_study("dashboard", _("Dashboard"), "bar_chart"),
            about_study("find", _("Find statements"), "manage_search"),
            about_study("framework", _("Framework matrix"), "table_view"),
            about_study("topics", _("Topics"), "bubble_chart"),
        ],
        _("Report"): [
            about_study("quotes", _("Quotes"), "format_quote"),
            about_study("publish", _("Publish"), "public"),
        ],
        _("Rakurs"): [st.Page("pages/place.py", title=_("Where the data lies"), icon=":material/hard_drive:")],
    }


def menu(study: Row | None, found: dict[str, list[st.Page]]) -> None:
    """What this tab is about, the pages by activity, the language."""
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
page.run()
