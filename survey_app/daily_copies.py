"""While the application runs: a copy a day of each study that has changed, in a thread that gives way to all others."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from survey_app import session
from survey_app.actions.keeping_copies import copy_now, is_due
from survey_app.settings import settings
from survey_app.store import studies
from survey_app.store.log import Gone
from transcripts.messages import Message, MessageError, sentence

FIRST_S = 90.0
"""Seconds after the start in which nothing is copied."""
EVERY_S = 600.0
BREATH_S = 0.005
"""How long the thread rests after some hundred rows."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An automatic copy that could not be made, of which study and why."""

    at: datetime
    slug: str
    why: Message


_failures: dict[str, Failure] = {}


def failures() -> list[Failure]:
    """What went wrong the last time it was tried, for each study; empty while all is well."""
    return sorted(_failures.values(), key=lambda failure: failure.slug)


def copy_what_is_due(at: datetime) -> list[str]:
    """Copy every study for which it is time; returns their names. A problem with one takes no other with it."""
    store, folder = session.machine_store(), settings().copies_folder
    made = []
    with store.reading() as connection:
        found = studies.all_studies(connection) + studies.all_studies(connection, archived=True)
    for slug in set(_failures) - {study["slug"] for study in found}:
        _failures.pop(slug, None)
    for study in found:
        slug = study["slug"]
        try:
            if is_due(store, study, folder, at):
                copy_now(store, study, folder, at=at, progress=_breathe)
                made.append(slug)
            _failures.pop(slug, None)
        except Gone:
            _failures.pop(slug, None)  # deleted in this very moment
        except MessageError as problem:
            _failures[slug] = Failure(at, slug, problem.message)
            log.warning("an automatic copy failed: %s", type(problem.__cause__ or problem).__name__)
        except Exception as problem:  # noqa: BLE001  whatever it is, the application goes on and the page says so
            why = sentence("something unexpected happened; the server’s log names it.")
            _failures[slug] = Failure(at, slug, why)
            log.warning("an automatic copy failed: %s", type(problem).__name__)
    return made


@contextmanager
def copying(
    first_s: float = FIRST_S, every_s: float = EVERY_S, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[None]:
    """Copy from time to time inside the block, unless the setting says not to."""
    if not settings().automatic_copies:
        yield
        return
    stop = threading.Event()
    threading.Thread(target=_go_on, args=(stop, first_s, every_s, clock), daemon=True, name="daily-copies").start()
    try:
        yield
    finally:
        stop.set()


def _go_on(stop: threading.Event, first_s: float, every_s: float, clock: Callable[[], datetime]) -> None:
    if sys.platform == "linux":  # where a priority is a thread's own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
    pause = first_s
    while not stop.wait(pause):
        pause = every_s
        try:
            copy_what_is_due(clock())
        except Exception as problem:  # noqa: BLE001  the database may be away for a while
            log.warning("no automatic copies this time: %s", type(problem).__name__)


def _breathe(_share: float) -> None:
    time.sleep(BREATH_S)
