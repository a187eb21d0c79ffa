"""On what terms a coder sits at a text: whether they may code it, which of its statements, and whose codings they see.

On the desk everybody is a coder: whoever sits at the machine sees there what that coder sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, select

from survey_app.actions.may_code import may_code, sampled_statements
from survey_app.actions.rights import permit
from survey_app.store import schema, studies
from survey_app.store.log import Store
from survey_app.store.sight import sight
from survey_app.store.team import Member, Role
from transcripts.messages import Message


@dataclass(frozen=True, slots=True)
class Terms:
    """`closed`: why nothing may be changed here; `shapes`: whether statements, words and codebook may be changed;
    `sampled`: ids of the statements to code, None: all; `others`: (id, key) of the coders whose codings are seen."""

    closed: Message | None
    shapes: bool
    sampled: frozenset[str] | None
    others: tuple[tuple[str, str], ...]
    openly: bool
    """Whether others are seen because they code here openly, and not only since the comparison was opened."""

    @property
    def other_ids(self) -> list[str]:
        """Ids of the coders whose codings are seen."""
        return [coder_id for coder_id, _key in self.others]

    @property
    def word(self) -> str:
        """Tells two terms apart."""
        told = (str(self.closed), self.shapes, self.sampled and sorted(self.sampled), self.others, self.openly)
        return sha256(repr(told).encode()).hexdigest()[:12]


def terms_within(connection: Connection, store: Store, study_id: str, source_id: str, coder_id: str) -> Terms:
    """The terms as they are now. Raises NotPermitted for somebody who does not code in the study at all."""
    acting = permit(connection, store, study_id, Role.CODER)
    sampled = sampled_statements(connection, study_id, source_id, coder_id)
    table = schema.coder
    key = connection.scalar(select(table.c.key).where(table.c.id == coder_id, table.c.study_id == study_id))
    seen = sight(connection, study_id, acting or Member("", Role.CODER, coder_id, key or ""))
    others = [
        (row["id"], row["key"])
        for row in studies.coders(connection, study_id)
        if row["id"] != coder_id and seen.sees(source_id, row["key"], "coder")
    ]
    return Terms(
        closed=may_code(connection, store, study_id, source_id, coder_id),
        shapes=acting is None or acting.role >= Role.RESEARCHER,
        sampled=None if sampled is None else frozenset(sampled),
        others=tuple(others),
        openly=any((source_id, key) in seen.shared for _id, key in others),
    )
