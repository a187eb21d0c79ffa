"""Links to other pages about the study, where the person before this tab may open them."""

import streamlit as st

from survey_app import navigation, session
from survey_app.store.log import Row


def may_open(study: Row, name: str) -> bool:
    """Whether there is such a page, and it is open to the role of whoever asks."""
    role = session.role(study)
    place = next((place for several in navigation.places().values() for place in several if place.name == name), None)
    return place is not None and role is not None and role >= place.role


def way_to(study: Row, name: str, label: str, icon: str, **query: str) -> None:
    """A link to a page about the study with what its address says; nothing where it may not be opened."""
    if may_open(study, name):
        st.page_link(
            f"pages/{name}.py", label=label, icon=f":material/{icon}:", query_params={"study": study["slug"]} | query
        )
