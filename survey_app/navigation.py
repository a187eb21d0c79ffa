"""Which pages there are, by what people do, and who may open them."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from survey_app import session
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.store.team import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page about a study: its file, how it is called, its picture, and who may open it."""

    name: str
    title: str
    icon: str
    role: Role
    in_team: bool = False
    """Whether it is listed only where people sign in."""


def places() -> dict[str, list[Place]]:
    """The pages about a study, by what people do there."""
    return {
        "": [
            Place("home", _("Overview"), "home", Role.READER),
            Place("team", _("Team"), "group", Role.RESEARCHER, in_team=True),
        ],
        _("Collect"): [
            Place("files", _("Transcripts"), "upload_file", Role.RESEARCHER),
            Place("people", _("Experts"), "groups", Role.RESEARCHER),
            Place("guide", _("Interview guide"), "contact_support", Role.RESEARCHER),
            Place("documents", _("Documents"), "description", Role.RESEARCHER),
            Place("questionnaire", _("Questionnaire"), "checklist", Role.RESEARCHER),
            Place("form", _("Form for experts"), "dynamic_form", Role.RESEARCHER),
        ],
        _("Annotate"): [
            Place("desk", _("Coding desk"), "edit_note", Role.CODER),
            Place("codebook", _("Codebook"), "account_tree", Role.CODER),
            Place("memos", _("Memos"), "sticky_note_2", Role.CODER),
            Place("history", _("History"), "history", Role.CODER),
        ],
        _("Together"): [
            Place("assignments", _("Assignments"), "assignment_ind", Role.RESEARCHER),
            Place("comparison", _("Comparison"), "compare_arrows", Role.CODER),
            Place("agreement", _("Agreement"), "join_inner", Role.CODER),
        ],
        _("Discover"): [
            Place("dashboard", _("Dashboard"), "bar_chart", Role.READER),
            Place("findings", _("Findings"), "fact_check", Role.READER),
            Place("beside", _("Talk and form"), "balance", Role.READER),
            Place("find", _("Find statements"), "manage_search", Role.CODER),
            Place("framework", _("Framework matrix"), "table_view", Role.CODER),
            Place("topics", _("Topics"), "bubble_chart", Role.CODER),
        ],
        _("Report"): [
            Place("deidentify", _("De-identification"), "shield_person", Role.RESEARCHER),
            Place("quotes", _("Quotes"), "format_quote", Role.RESEARCHER),
            Place("own_check", _("Experts' own check"), "how_to_reg", Role.RESEARCHER),
            Place("report", _("Report"), "summarize", Role.RESEARCHER),
            Place("card", _("Study card"), "badge", Role.RESEARCHER),
            Place("publish", _("Publish"), "public", Role.RESEARCHER),
        ],
    }


def may_open(page: str, role: Role | None) -> bool:
    """Whether a role in the study opens one of its pages, by the file of the page (pages/desk.py)."""
    needed = {f"pages/{place.name}.py": place.role for several in places().values() for place in several}
    return role is not None and role >= needed[page]


def pages(study: Row | None) -> dict[str, list[st.Page]]:
    """The pages by activity. Those about a study can always be reached, but are listed only when one is open, and only
    those which the person before this tab may open."""
    role = session.role(study) if study else None

    def about_study(place: Place) -> st.Page:
        here = role and role >= place.role and not (place.in_team and session.alone())
        seen: Literal["visible", "hidden"] = "visible" if here else "hidden"
        return st.Page(f"pages/{place.name}.py", title=place.title, icon=f":material/{place.icon}:", visibility=seen)

    found = {activity: [about_study(place) for place in several] for activity, several in places().items()}
    listed = st.Page("pages/studies.py", title=_("Studies"), icon=":material/folder_open:", default=True)
    lying = st.Page(
        "pages/place.py", title=_("Where the data lies"), icon=":material/hard_drive:",
        visibility="visible" if session.is_admin() else "hidden",
    )  # fmt: skip
    signing_in = st.Page(
        "pages/accounts.py", title=_("Accounts"), icon=":material/manage_accounts:",
        visibility="visible" if session.is_admin() and not session.alone() else "hidden",
    )  # fmt: skip
    return found | {"": [listed, *found[""]], _("Rakurs"): [lying, signing_in]}


def refused(page: st.Page, study: Row | None) -> bool:
    """Whether the person before this tab may not open a page."""
    if page.url_path in {"place", "accounts"}:
        return not session.is_admin()
    needed = {place.name: place.role for several in places().values() for place in several}.get(page.url_path)
    role = session.role(study) if study else None
    return needed is not None and study is not None and (role is None or role < needed)
