"""What lies around a statement: strands of talk, and the neighbours of statements in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

Neighbour = dict[str, object] | None


def strands(statements: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """For each statement the number of its strand and its place in it.

    A strand is a source with its order. In written answers nobody hears anybody else: there each expert's answers are a
    strand of their own, and an answer of which nobody knows the expert stands alone.
    """
    written = (statements["source_kind"] == "answer").to_numpy()
    who = statements["expert_id"].where(statements["expert_id"] != "", statements["statement_id"])
    by = pd.DataFrame({"source": statements["source_id"], "who": np.where(written, who, "")}, index=statements.index)
    strand = by.groupby(["source", "who"], sort=False).ngroup().to_numpy()
    order = statements["order"]
    rank = order.groupby(strand).rank("first").to_numpy()
    return strand, np.where(written, rank, order.to_numpy()).astype(int)


def neighbours(statements: pd.DataFrame, statement_ids: Iterable[str]) -> Mapping[str, tuple[Neighbour, Neighbour]]:
    """By id the statements before and after in the same strand, moderators' included; None at an end."""
    strand, place = strands(statements)
    sequence = np.lexsort((place, strand))
    rows = {statement_id: at for at, statement_id in enumerate(statements["statement_id"].to_numpy()[sequence])}
    strand = strand[sequence]
    columns = {str(name): statements[name].to_numpy(dtype=object)[sequence] for name in statements.columns}

    def at(row: int, of: int) -> Neighbour:
        if not 0 <= row < len(strand) or strand[row] != strand[of]:
            return None
        return {name: column[row] for name, column in columns.items()}

    return {each: (at(rows[each] - 1, rows[each]), at(rows[each] + 1, rows[each])) for each in statement_ids}
