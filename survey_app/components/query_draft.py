"""The query that a tab has in hand: kept while one looks elsewhere, replaced by a saved one, begun by a link."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import streamlit as st

from coding.queries import ADJUDICATED, OWN, Query, Where
from coding.query_blocks import Block, Blocks, Line, as_blocks, as_condition
from survey_app.store.log import Row

_fresh = count(1)


@dataclass(slots=True)
class Draft:
    """A query in the making. `key` names its widgets; `saved_id` is the saved query that it was opened from."""

    blocks: Blocks = field(default_factory=lambda: Blocks([Block()]))
    where: Where = field(default_factory=Where)
    layer: str = OWN
    saved_id: str = ""
    key: str = field(default_factory=lambda: f"query-{next(_fresh)}")

    @property
    def query(self) -> Query:
        """What it asks as it stands."""
        return Query(as_condition(self.blocks), self.where, self.layer)


def draft_of(study: Row, coder: Row, *, adjudicated: bool) -> Draft:
    """The draft in hand; a new one asks for any code, of the adjudicated codings where there are any.

    `?code=` in the address begins one that asks for this code.
    """
    wanted = st.query_params.pop("code", None)
    place = _place(study, coder)
    if wanted or place not in st.session_state:
        line = Line(code=str(wanted or ""))
        st.session_state[place] = Draft(Blocks([Block([line])]), layer=ADJUDICATED if adjudicated else OWN)
    draft: Draft = st.session_state[place]
    return draft


def open_draft(study: Row, coder: Row, query: Query, saved_id: str = "") -> bool:
    """Take a query in hand instead of the present one; False for one that is deeper than the form shows."""
    blocks = as_blocks(query.that)
    if blocks is None:
        return False
    st.session_state[_place(study, coder)] = Draft(blocks, query.where, query.layer, saved_id)
    return True


def forget_draft(study: Row, coder: Row) -> None:
    """Begin anew."""
    st.session_state.pop(_place(study, coder), None)


def _place(study: Row, coder: Row) -> str:
    return f"query of {study['id']} {coder['id']}"
