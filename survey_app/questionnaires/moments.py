"""When each answer of a form was given, and on which of its pages: an old page never overwrites newer answers."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_LONGEST_MS = 366 * 24 * 3_600_000


@dataclass(frozen=True)
class Moments:
    """By the keys of items: when the answer was given (milliseconds since 1970 by the server's clock), and the client
    that gave it, "" where a page was sent as a whole."""

    by_item: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def later_elsewhere(self, key: str, client: str, at: int) -> bool:
        """Whether another page has given an answer to the item since."""
        last, who = self.by_item.get(key, (0, client))
        return who != client and last > at

    def with_given(self, at: Mapping[str, int], client: str) -> Moments:
        """The same with answers that a page has given."""
        return Moments({**self.by_item, **{key: (moment, client) for key, moment in at.items()}})

    def to_json(self) -> dict[str, list[Any]]:
        """As plain values, for the store."""
        return {key: list(told) for key, told in self.by_item.items()}


def read_moments(plain: Any) -> Moments:
    """What was kept; nothing of what is no moment."""
    kept = plain.items() if isinstance(plain, dict) else ()
    return Moments({key: (int(told[0]), str(told[1])) for key, told in kept if _is_moment(told)})


def given_at(keys: Iterable[str], ages: Mapping[str, Any], now: int) -> dict[str, int]:
    """When each change was made: its age before now, so that it does not matter how the clock of its page goes."""
    return {key: now - _age(ages.get(key, 0)) for key in keys}


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _age(age: Any) -> int:
    if isinstance(age, bool) or not isinstance(age, int | float) or not math.isfinite(age):
        return 0
    return int(min(max(age, 0), _LONGEST_MS))


def _is_moment(told: Any) -> bool:
    return isinstance(told, list) and len(told) == 2 and isinstance(told[0], int)
