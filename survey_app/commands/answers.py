"""What a command answers, and what all of them need."""

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from survey_app.language import translate
from survey_app.settings import settings
from survey_app.store.log import Store
from survey_app.store.migrate import migrate
from transcripts.messages import Message, MessageError


class CommandProblem(MessageError):
    """The words on the command line cannot be followed."""


class Answer(NamedTuple):
    """What a command prints, and a sentence for each part of it that failed."""

    done: Any = None
    problems: Sequence[Message] = ()


def tell(notice: Message) -> None:
    """Say it on stderr: what comes out stays as it is."""
    print(translate(notice), file=sys.stderr)


def open_store() -> Store:
    """The store that is set up, brought up to date."""
    store = Store(settings().database)
    migrate(store)
    return store
