"""The way through a study as four stations: what is there, and the one thing to do next."""

from dataclasses import dataclass

import streamlit as st

from survey_app.language import _, ngettext
from survey_app.navigation import may_open
from survey_app.store.team import Role

OPTIONAL = frozenset({"pages/questionnaire.py", "pages/topics.py", "pages/guide.py", "pages/documents.py"})
"""Pages that a study can do without."""
INDENT = "&emsp;&emsp;&ensp;"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: the page where it is done, what there is of it, and a sentence on how."""

    title: str
    page: str
    done: bool
    facts: str
    how: str


def stations(sizes: dict[str, int], role: Role = Role.OWNER) -> dict[str, list[Step]]:
    """Steps by activity, from the numbers of `actions.studies.sizes_seen`: those that a role can take."""
    every = _every(sizes, looking_after=role >= Role.RESEARCHER)
    found = {activity: [step for step in steps if may_open(step.page, role)] for activity, steps in every.items()}
    return {activity: steps for activity, steps in found.items() if steps}


def _every(sizes: dict[str, int], *, looking_after: bool) -> dict[str, list[Step]]:
    return {
        _("Collect"): _collect(sizes),
        _("Annotate"): [
            Step(
                _("Code the statements"), "pages/desk.py", sizes["codings"] > 0,
                ngettext("{count} coding", "{count} codings", sizes["codings"]),
                _("Open a session and go from statement to statement with the keyboard."),
            ),
            Step(
                _("Look after the codebook") if looking_after else _("Read the codebook"), "pages/codebook.py",
                sizes["codes"] > 0,
                ngettext("{count} code", "{count} codes", sizes["codes"]),
                _("Read the definitions; add what your material needs."),
            ),
        ],
        _("Discover"): [
            Step(
                _("Read the dashboard"), "pages/dashboard.py", sizes["codings"] > 0, "",
                _("Once statements are coded, it says how many experts of which group named what."),
            ),
            Step(
                _("Look for topics"), "pages/topics.py", sizes["topic_runs"] > 0,
                ngettext("{count} topic run", "{count} topic runs", sizes["topic_runs"]),
                _("Let a model suggest what belongs together; people decide."),
            ),
        ],
        _("Report"): [
            Step(
                _("Replace names by labels"), "pages/deidentify.py", sizes["reviews_finished"] > 0,
                ngettext("{count} text reviewed", "{count} texts reviewed", sizes["reviews_finished"]),
                _("Decide what readers see where somebody is named: nothing is quoted before."),
            ),
            Step(
                _("Release quotes"), "pages/quotes.py", sizes["quotes_released"] > 0,
                ngettext("{count} quote released", "{count} quotes released", sizes["quotes_released"]),
                _("Decide quote by quote what readers may see."),
            ),
            Step(
                _("Publish"), "pages/publish.py", sizes["releases"] > 0,
                ngettext("{count} version published", "{count} versions published", sizes["releases"]),
                _("Freeze what is there into a page that anybody can read."),
            ),
        ],
    }  # fmt: skip


def _collect(sizes: dict[str, int]) -> list[Step]:
    sessions = ngettext("{count} session", "{count} sessions", sizes["sessions"])
    statements = ngettext("{count} statement", "{count} statements", sizes["statements"])
    waiting = ngettext("{count} name waits", "{count} names wait", sizes["speakers_unconfirmed"])
    aligned = ngettext("{count} session confirmed", "{count} sessions confirmed", sizes["sessions_aligned"])
    named = bool(sizes["speakers"]) and not sizes["speakers_unconfirmed"]
    return [
        Step(
            _("Bring in transcripts"), "pages/files.py", sizes["sessions"] > 0, f"{sessions}, {statements}",
            _("Drop Zoom's transcripts and chats; nothing is stored before you have seen what was recognised."),
        ),
        Step(
            _("Import the roster of experts"), "pages/people.py", sizes["experts"] > 0,
            ngettext("{count} expert", "{count} experts", sizes["experts"]),
            _("A table with a name and a stakeholder group for each expert."),
        ),
        Step(
            _("Confirm who is who"), "pages/people.py", named and sizes["experts"] > 0,
            _("all names are confirmed") if named else waiting,
            _("Say which display name belongs to which expert, and who moderates."),
        ),
        Step(
            _("Say which question is asked where"), "pages/guide.py",
            0 < sizes["sessions"] <= sizes["sessions_aligned"], aligned,
            _("Confirm the proposals, and every statement carries its question of the guide."),
        ),
        Step(
            _("Bring in documents"), "pages/documents.py", sizes["documents"] > 0,
            ngettext("{count} document", "{count} documents", sizes["documents"]),
            _("Regulations and strategies are coded with the same codebook and counted apart."),
        ),
        Step(
            _("Import the questionnaire"), "pages/questionnaire.py", sizes["responses"] > 0,
            ngettext("{count} expert answered", "{count} experts answered", sizes["responses"]),
            _("One row an expert, as Google Forms writes it."),
        ),
    ]  # fmt: skip


def next_step(found: dict[str, list[Step]]) -> Step | None:
    """The first step that is not done; the questionnaire and topics may wait."""
    steps = [step for several in found.values() for step in several]
    needed = [step for step in steps if not step.done and step.page not in OPTIONAL]
    return needed[0] if needed else next((step for step in steps if not step.done), None)


def show_next(step: Step | None) -> None:
    """The next step with a sentence on how, and the way there."""
    if step is None:
        st.success(_("Every step of this study has been taken."), icon=":material/check_circle:")
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        title = _("Next step: {step}", step=step.title)
        st.markdown(f"**{title}**  \n:small[{step.how}]")
        if st.button(_("Go there"), type="primary", icon=":material/arrow_forward:"):
            st.switch_page(step.page)


def show_stations(found: dict[str, list[Step]]) -> None:
    """A card for each station, side by side where there is room."""
    grid = st.grid(len(found), min_column_width=215, border=True, row_height="content")
    for activity, steps in found.items():
        with grid.cell(), st.container(gap="xsmall"):
            st.header(activity, anchor=False)
            for step in steps:
                icon = ":material/check_circle:" if step.done else ":material/radio_button_unchecked:"
                with st.container(gap=None):
                    st.page_link(step.page, label=step.title, icon=icon)
                    if step.facts:
                        st.caption(INDENT + step.facts)
