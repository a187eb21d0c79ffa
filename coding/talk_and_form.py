"""Talk beside form: who mentions a matter aloud, and how the same person rates it in the questionnaire.

A matter is a code that a closed item measures (`items.code_id`). A mention is the presence of the code among the
expert's statements, as `coding.counts.presence` has it everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from coding.counts import SESSIONS, presence
from coding.frames import Frames
from coding.item_values import item_values
from coding.rank_correlation import FEWEST, Correlation, spearman
from transcripts.messages import sentence

RATED = ("likert", "numeric")
"""Types of items whose answers are more or less of something."""

_NOBODY = sentence("Nobody who rated speaks of it.")
_EVERYBODY = sentence("Everybody who rated speaks of it.")
_ALIKE = sentence("Everybody gave the same rating.")


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """One item beside one code, for n experts (arrays of n).

    `values` are ratings, NaN where there is none; `mentioned` says who speaks of the code. `low` and `high` are the
    ratings up to which and from which one rates low and high, None where the ends of the scale are not known.
    """

    item_id: str
    code_id: str
    expert_ids: np.ndarray
    values: np.ndarray
    cannot_say: np.ndarray
    mentioned: np.ndarray
    low: float | None
    high: float | None

    @property
    def rated(self) -> np.ndarray:
        """Who gave a rating (n, bool)."""
        return np.asarray(~np.isnan(self.values))

    @property
    def says_and_rates_low(self) -> np.ndarray:
        """Who mentions it and rates it low (n, bool); nobody where the ends of the scale are not known."""
        return np.asarray(self.mentioned & (self.values <= (np.nan if self.low is None else self.low)))

    @property
    def silent_and_rates_high(self) -> np.ndarray:
        """Who never mentions it and rates it high (n, bool); nobody where the ends of the scale are not known."""
        return np.asarray(~self.mentioned & (self.values >= (np.nan if self.high is None else self.high)))

    def only(self, who: np.ndarray | slice) -> "Beside":
        """The same for some of the experts (n, bool)."""
        return replace(
            self, expert_ids=self.expert_ids[who], values=self.values[who], cannot_say=self.cannot_say[who],
            mentioned=self.mentioned[who],
        )  # fmt: skip

    def mean(self, mentioned: bool) -> float | None:
        """The mean rating of those who mention it, or of those who do not; None if none of them rated."""
        found = self.values[self.rated & (self.mentioned == mentioned)]
        return float(found.mean()) if len(found) else None

    def correlation(self) -> Correlation:
        """Spearman's of rating and mention, of those who rated, or in what they are all alike."""
        mentioned, n = self.mentioned[self.rated], int(self.rated.sum())
        if n >= FEWEST and (mentioned.all() or not mentioned.any()):
            return Correlation(n, reason=_EVERYBODY if mentioned.all() else _NOBODY)
        if n >= FEWEST and np.ptp(self.values[self.rated]) == 0:
            return Correlation(n, reason=_ALIKE)
        return spearman(self.values[self.rated], self.mentioned[self.rated].astype(float))


def matters(frames: Frames) -> pd.DataFrame:
    """The items that rate something which has a code of the study, and which somebody answered, in their order."""
    items = frames.items[frames.items["type"].isin(RATED) & frames.items["code_id"].isin(frames.codes["code_id"])]
    answered = frames.answers.loc[frames.answers["value"].notna(), "item_id"].unique()
    return items[items["item_id"].isin(answered)].sort_values("order", kind="stable", ignore_index=True)


def beside(
    frames: Frames,
    item_ids: Sequence[str],
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> list[Beside]:
    """Each of these `matters` with the ratings and the mentions of every expert of the study."""
    said = presence(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    given = item_values(frames, item_ids)
    asked = frames.items[frames.items["item_id"].isin(list(item_ids))]
    rows: list[Mapping[str, Any]] = asked.to_dict("records")  # type: ignore[assignment]
    items = {row["item_id"]: row for row in rows}
    expert_ids = given.expert_ids.to_numpy(dtype=object)
    found = []
    for number, item_id in enumerate(item_ids):
        item = items[item_id]
        low, high = bounds(item)
        found.append(
            Beside(
                item_id, str(item["code_id"]), expert_ids, given.values[:, number], given.cannot_say[:, number],
                said[str(item["code_id"])].to_numpy(), low, high,
            )
        )  # fmt: skip
    return found


def bounds(item: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Up to which rating one rates low, and from which high: the outer two fifths of the scale at either end.

    Of five points these are the lowest and the highest two, of seven too, of three one; of numbers between two known
    ends (`lowest`, `highest`) two fifths of the way. (None, None) where the ends are not known.
    """
    points = [float(point["value"]) for point in item["scale"]]
    if len(points) > 1:
        many = max(1, 2 * len(points) // 5)
        return points[many - 1], points[-many]
    lowest, highest = (item.get(name, np.nan) for name in ("lowest", "highest"))
    if pd.isna(lowest) or pd.isna(highest):
        return None, None
    reach = 0.4 * (highest - lowest)
    return float(lowest + reach), float(highest - reach)
