"""Navigation by what people do, and nothing else. Runs at every visit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from survey_app import language, session
from survey_app.components.empty import empty_state
from survey_app.components.plain import plain
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.store.team import Role
from survey_app.theme import DARK_BUTTONS

PICTURES = Path(__file__).parent / "components"


@dataclass(frozen=True, slots=True)
class Place:
    """A page about a study: its file, how it is called, its picture, and who may open it."""

    name: str
    title: str
    icon: str
    role: Role


def places() -> dict[str, list[Place]]:
    """The pages about a study, by what people do there."""
    return {
        "": [Place("home", _("Overview"), "home", Role.READER)],
        _("Collect"): [
            Place("files", _("Transcripts"), "upload_file", Role.RESEARCHER),
            Place("people", _("Experts"), "groups", Role.RESEARCHER),
            Place("guide", _("Interview guide"), "contact_support", Role.RESEARCHER),
            Place("documents", _("Documents"), "description", Role.RESEARCHER),
            Place("questionnaire", _("Questionnaire"), "checklist", Role.RESEARCHER),
        ],
        _("Annotate"): [
            Place("desk", _("Coding desk"), "edit_note", Role.CODER),
            Place("codebook", _("Codebook"), "account_tree", Role.CODER),
            Place("memos", _("Memos"), "sticky_note_2", Role.CODER),
            Place("history", _("History"), "history", Role.CODER),
        ],
        _("Discover"): [
            Place("dashboard", _("Dashboard"), "bar_chart", Role.READER),
            Place("find", _("Find statements"), "manage_search", Role.CODER),
            Place("framework", _("Framework matrix"), "table_view", Role.CODER),
            Place("topics", _("Topics"), "bubble_chart", Role.RESEARCHER),
        ],
        _("Report"): [
            Place("quotes", _("Quotes"), "format_quote", Role.RESEARCHER),
            Place("publish", _("Publish"), "public", Role.RESEARCHER),
        ],
    }


def pages(study: Row | None) -> dict[str, list[st.Page]]:
    """The pages by activity. Those about a study can always be reached, but are listed only when one is open, and only
    those which the person before this tab may open."""
    role = session.role(study) if study else None

    def about_study(place: Place) -> st.Page:
        seen: Literal["visible", "hidden"] = "visible" if role and role >= place.role else "hidden"
        return st.Page(f"pages/{place.name}.py", title=place.title, icon=f":material/{place.icon}:", visibility=seen)

    found = {activity: [about_study(place) for place in several] for activity, several in places().items()}
    listed = st.Page("pages/studies.py", title=_("Studies"), icon=":material/folder_open:", default=True)
    lying = st.Page(
        "pages/place.py", title=_("Where the data lies"), icon=":material/hard_drive:",
        visibility="visible" if session.is_admin() else "hidden",
    )  # fmt: skip
    return found | {"": [listed, *found[""]], _("Rakurs"): [lying]}


def refused(page: st.Page, study: Row | None) -> bool:
    """Whether the person before this tab may not open a page."""
    if page.url_path == "place":
        return not session.is_admin()
    needed = {place.name: place.role for several in places().values() for place in several}.get(page.url_path)
    role = session.role(study) if study else None
    return needed is not None and study is not None and (role is None or role < needed)


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
if not session.alone() and session.account() is None:
    empty_state("lock", _("You are not signed in"), _("Sign in to go on. Nothing that was stored is lost."))
elif refused(page, open_now):
    empty_state(
        "lock", _("This page is not for your role"), _("Ask the owner of the study if you need it."),
        page="pages/studies.py", label=_("Studies"),
    )  # fmt: skip
else:
    page.run()
