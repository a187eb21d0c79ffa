"""Publishing as work under way: begun from a page, told of on any, cancelled as long as nothing is written.

It runs on a thread of the server (`survey_app.jobs.threads`), since the gate is asked of the store until the very end.
A study has one publication at a time. What publishes anew after a withdrawal waits for the one before it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from survey_app.actions.gate import PublishingRefused
from survey_app.actions.publishing import Tell, publish
from survey_app.actions.rights import needs
from survey_app.actions.withdrawing import make_anew, publish_instead, take_all_down
from survey_app.jobs import JobState, threads
from survey_app.language import current, use
from survey_app.publishing.folders import check_slug
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence

log = logging.getLogger(__name__)
_asking = threading.Lock()


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a publication: folders of new versions, how many older ones are a notice now, and what stood in the
    way, in every language. `too_late`: somebody cancelled it when it was being written already."""

    anew: bool = False
    status: Literal["done", "failed", "cancelled"] = "done"
    made: Sequence[Path] = ()
    withdrawn: int = 0
    refused: Sequence[MessageError] = ()
    too_late: bool = False

    def problems(self, language: str) -> list[Message]:
        """Everything that stood in the way, to be told in a language."""
        found: list[Message] = []
        for problem in self.refused:
            told = problem.told.get(language, ()) if isinstance(problem, PublishingRefused) else ()
            found += told or (problem.message,)
        return list({str(each): each for each in found}.values())


@dataclass(eq=False)
class _Asked:
    """What was asked for: with `anew` these versions, of which notices are left. `given_over`: another does it."""

    anew: bool
    versions: list[Row] = field(default_factory=list)
    notices: int = 0
    problems: list[Message] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)
    given_over: bool = False
    began: float = 0.0


@needs(Role.RESEARCHER)
def start_publishing(
    store: Store, person: str, study: Row, *, slug: str = "", segmentation_keys: Sequence[str] = (),
    with_topics: bool = False, accepted_words: Collection[str] = (), instead: bool = False,
) -> None:  # fmt: skip
    """Begin to publish as `publish` does, or `instead` of all that readers can open as `publish_instead` does; returns
    at once. Raises UnwritableRelease for a bad name, PublishingRefused where the study is being published already."""
    check_slug(slug or study["slug"])

    given: dict[str, Any] = {
        "slug": slug, "segmentation_keys": segmentation_keys, "with_topics": with_topics,
        "accepted_words": accepted_words,
    }  # fmt: skip

    def make(tell: Tell) -> Published:
        if instead:
            done = publish_instead(store, person, study, **given, tell=tell)
            return Published(made=done.made, withdrawn=done.withdrawn)
        return Published(made=[publish(store, person, study, **given, tell=tell)])

    asked = _Asked(anew=False)
    with _asking:
        if _begin(study, make, asked).about is not asked:
            raise PublishingRefused(
                sentence(
                    "This study is being published at this moment. Wait until that has ended, or cancel it; then "
                    "publish again."
                )
            )


@needs(Role.RESEARCHER)
def start_publishing_anew(store: Store, person: str, study: Row) -> bool:
    """Leave notices in place of all that readers can open, here and now, and begin to publish every name of the study
    anew; False: nothing was there to be replaced. What is under way comes first, or is done by this one."""
    taken = take_all_down(store, person, study)
    asked = _Asked(True, [*taken.versions], taken.count, [*taken.problems])

    def make(tell: Tell) -> Published:
        refused = []
        for each in make_anew(store, person, study, asked.versions, tell):
            if isinstance(each, Path):
                asked.made.append(each)
            else:
                refused.append(each)
        return Published(made=asked.made, withdrawn=asked.notices, refused=refused)

    with _asking:
        for work in _works(study["id"]):
            if not work.done and work.about.anew:  # it was judged before this withdrawal
                work.about.given_over = True
                work.cancel()
                asked.versions += work.about.versions
                asked.notices += work.about.notices
                asked.problems += work.about.problems
        if not asked.versions and not asked.notices and not asked.problems:
            return False
        _begin(study, make, asked, queued=True)
    return True


@needs(Role.RESEARCHER)
def publishing_state(store: Store, study: Row) -> tuple[JobState, bool]:
    """How the publication that is under way stands (status "none": there is none), and whether it publishes anew."""
    work = next((each for each in _works(study["id"]) if not each.done), None)
    if work is None:
        return JobState(), False
    if work.cancelled and not work.about.given_over:
        return JobState("running", message=sentence("Being stopped"), stopping=True), work.about.anew
    if work.step is None:
        return JobState("waiting", message=sentence("Waiting for its turn")), work.about.anew
    share, message = work.step
    return JobState("running", share, message, seconds=time.monotonic() - work.about.began), work.about.anew


@needs(Role.RESEARCHER)
def published_lately(store: Store, study: Row) -> list[Published]:
    """What came of the last publication, and of those that it waited for, until somebody has read it."""
    ended = [each for each in _works(study["id"]) if each.done]
    found = [(each, _outcome(each)) for each in ended]
    return [told for each, told in found if not each.about.given_over or told.status == "done"]


@needs(Role.RESEARCHER)
def cancel_publishing(store: Store, study: Row) -> None:
    """Stop the publication under way before it writes anything; one that is being written already is finished."""
    for work in _works(study["id"]):
        if not work.done and not work.about.given_over:
            work.cancel()
            return


@needs(Role.RESEARCHER)
def forget_published(store: Store, study: Row) -> None:
    """Put away what came of the last publication."""
    threads.take(_key(study["id"]))


def _key(study_id: str) -> str:
    return f"publishing-{study_id}"


def _works(study_id: str) -> list[threads.Work[Published]]:
    """The newest work of a study and those that it waited for, in their order."""
    found, work = [], threads.find(_key(study_id))
    while work is not None:
        found.append(work)
        work = work.before
    return found[::-1]


def _begin(
    study: Row, make: Callable[[Tell], Published], asked: _Asked, *, queued: bool = False
) -> threads.Work[Published]:  # fmt: skip
    language = current()

    def work(tell: threads.Tell) -> Published:
        asked.began = time.monotonic()
        with use(language):
            try:
                return make(lambda share, message: tell((share, message)))
            except (MessageError, threads.Stopped):
                raise
            except Exception:
                log.exception("publishing %s failed", study["slug"])
                raise

    return threads.begin(_key(study["id"]), work, asked, queued=queued)


def _outcome(work: threads.Work[Published]) -> Published:
    asked: _Asked = work.about
    before = [MessageError(problem) for problem in asked.problems]
    so_far = Published(asked.anew, "failed", asked.made, asked.notices, before)
    try:
        done = work.result()
    except threads.Stopped:
        return replace(so_far, status="cancelled")
    except MessageError as problem:
        return replace(so_far, refused=[*before, problem])
    except Exception:  # noqa: BLE001  whatever it was, the log has it, and whoever waits gets a sentence
        told = sentence("The work stopped because of an unexpected error. The server’s log has the details.")
        return replace(so_far, refused=[*before, MessageError(told)])
    return replace(done, anew=asked.anew, refused=[*before, *done.refused], too_late=work.cancelled)
