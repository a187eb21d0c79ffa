"""Long work that needs this server itself (its store, its browser): on a thread, found again by its key on any page.

Work for a processor alone belongs to `jobs`: threads share one, and what runs here slows the pages.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")
Tell = Callable[[Any], None]
"""Says how far the work is; raises Stopped once nobody wants it any more."""

AT_ONCE = 2
KEPT_S = 3600
"""How long what was made waits for whoever asked for it."""


class Stopped(Exception):
    """The work was cancelled."""


@dataclass(eq=False)
class Work(Generic[Made]):
    """Work under way or done. `about` is whatever its maker wants to know of it later; `step` what it said last."""

    about: Any = None
    step: Any = None
    began: float = field(default_factory=time.monotonic)
    _stop: threading.Event = field(default_factory=threading.Event)
    _future: Future[Made] | None = None

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or another."""
        return self._future is not None and self._future.done()

    @property
    def cancelled(self) -> bool:
        """Whether somebody wanted it no more."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Have it end at its next step."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is done after so many seconds at most."""
        return self._future is not None and bool(wait([self._future], timeout=seconds).done)

    def result(self) -> Made:
        """What was made. Raises what the work raised, and Stopped where it was cancelled."""
        if self.cancelled:
            raise Stopped
        assert self._future is not None
        return self._future.result()

    def _tell(self, step: Any) -> None:
        if self.cancelled:
            raise Stopped
        self.step = step


_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rakurs-work")
_works: dict[str, Work[Any]] = {}
_lock = threading.Lock()


def begin(key: str, make: Callable[[Tell], Made], about: Any = None) -> Work[Made]:
    """Start the work under a key; work that is under way there already stays, and is returned."""
    with _lock:
        for old in [name for name, each in _works.items() if each.done and time.monotonic() - each.began > KEPT_S]:
            del _works[old]
        present = _works.get(key)
        if present is not None and not present.done:
            return present
        work: Work[Made] = Work(about)
        work._future = _pool.submit(make, work._tell)
        _works[key] = work
        return work


def find(key: str) -> Work[Any] | None:
    """The work under a key."""
    return _works.get(key)


def take(key: str) -> Work[Any] | None:
    """The work under a key if it is done, which is forgotten by that."""
    with _lock:
        work = _works.get(key)
        return _works.pop(key) if work is not None and work.done else None
