"""Waits after failures, so that passwords cannot be tried out.

Our own, in memory: one process serves everybody, and the libraries for it want a store beside ours for what may be
forgotten at a restart. Nobody is ever locked out: whoever tries on another's login makes them wait a quarter of an
hour at most, and a browser in which this login has signed in before is counted by itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

FIRST_S, LONGEST_S = 30.0, 15 * 60.0
"""The wait after the first failure too many, which doubles with each further one, and the longest."""
FORGET_S = 60 * 60.0
"""After so long without a failure it starts anew."""
MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Key:
    """Who is counted (`name`: a login, an address), and how many failures are free."""

    name: str
    free: int = 5


@dataclass(slots=True)
class _Count:
    failures: int = 0
    at: float = 0.0
    before: float = 0.0
    """When the last of them was, and when it was without the last attempt."""

    def wait(self, free: int, now: float) -> float:
        over = self.failures - free
        return 0.0 if over < 0 else self.at + min(LONGEST_S, FIRST_S * 2 ** min(over, 30)) - now


class Limiter:
    """Counts attempts, each as a failure until it is said to have succeeded: many at once gain nothing."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._counts: OrderedDict[str, _Count] = OrderedDict()
        self._lock = Lock()

    def attempt(self, keys: Iterable[Key]) -> float:
        """Count an attempt under all keys and return 0; or, without counting it, the seconds still to wait."""
        several = list(keys)
        with self._lock:
            now = self._clock()
            wait = max((self._of(key.name, now).wait(key.free, now) for key in several), default=0.0)
            if wait > 0:
                return wait
            for key in several:
                count = self._of(key.name, now)
                count.failures, count.at, count.before = count.failures + 1, now, count.at
                self._counts[key.name] = count
                self._counts.move_to_end(key.name)
            while len(self._counts) > MOST_KEYS:
                self._counts.popitem(last=False)
        return 0.0

    def succeeded(self, forget: Key, *others: Key) -> None:
        """The attempt was none that failed: `forget` starts anew, of the others this attempt alone is taken back, and
        their wait neither ends nor begins again."""
        with self._lock:
            self._counts.pop(forget.name, None)
            for key in others:
                count = self._counts.get(key.name)
                if count is not None:
                    count.failures, count.at = max(0, count.failures - 1), count.before

    def _of(self, name: str, now: float) -> _Count:
        count = self._counts.get(name)
        return count if count is not None and now - count.at < FORGET_S else _Count()
