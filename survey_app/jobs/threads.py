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
    """Work under way or done. `about` is whatever its maker wants to know of it later; `step` what it said last;
    `before` the work that it has waited for."""

    about: Any = None
    step: Any = None
    before: Work[Any] | None = None
    began: float = field(default_factory=time.monotonic)
    _stop: threading.Event = field(default_factory=threading.Event)
    _future: Future[Made] = field(default_factory=Future)

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or another."""
        return self._future.done()

    @property
    def cancelled(self) -> bool:
        """Whether somebody wanted it no more."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Have it end at its next step."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is done after so many seconds at most."""
        return bool(wait([self._future], timeout=seconds).done)

    def result(self) -> Made:
        """What was made. Raises what the work raised: Stopped where it was cancelled before its last step."""
        return self._future.result()

    def _tell(self, step: Any) -> None:
        if self.cancelled:
            raise Stopped
        self.step = step

    def _do(self, make: Callable[[Tell], Made]) -> None:
        try:
            self._tell(self.step)
            made = make(self._tell)
        except BaseException as problem:  # noqa: BLE001  it is raised where the result is asked for
            self._future.set_exception(problem)
        else:
            self._future.set_result(made)


_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rakurs-work")
_works: dict[str, Work[Any]] = {}
_lock = threading.Lock()


def begin(key: str, make: Callable[[Tell], Made], about: Any = None, *, queued: bool = False) -> Work[Made]:
    """Start the work under a key; work that is under way there already stays, and is returned. `queued`: it is followed
    by this instead."""
    with _lock:
        for old in [name for name, each in _works.items() if each.done and time.monotonic() - each.began > KEPT_S]:
            del _works[old]
        present = _works.get(key)
        busy = present if present is not None and not present.done else None
        if busy is not None and not queued:
            return busy
        work: Work[Made] = Work(about, before=busy)
        _works[key] = work
    if busy is None:
        _pool.submit(work._do, make)
    else:  # no thread waits meanwhile
        busy._future.add_done_callback(lambda _ended: _pool.submit(work._do, make))
    return work


def find(key: str) -> Work[Any] | None:
    """The work under a key."""
    return _works.get(key)


def take(key: str) -> Work[Any] | None:
    """The work under a key if it is done, which is forgotten by that."""
    with _lock:
        work = _works.get(key)
        return _works.pop(key) if work is not None and work.done else None
