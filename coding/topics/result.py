"""What goes into a topic model and what comes out of it: plain values."""

from collections.abc import Callable
from dataclasses import dataclass

from transcripts.messages import Message, MessageError

LEFT_OUT = -1
"""The topic of statements without a word that could name anything, or in a language of too few statements."""

Progress = Callable[[float, Message], None]
"""Hears the share of the work that is done, 0 to 1, and what is being done; may raise to stop the work."""


class NoTopics(MessageError):
    """Too little text to look for topics in."""


@dataclass(frozen=True, slots=True)
class StatementText:
    """What the model sees of a statement; `expert` only makes representative statements come from several people."""

    id: str
    text: str
    group: str = ""
    expert: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """`representative`: ids of the statements nearest to the topic's mean, of different experts where possible."""

    number: int
    size: int
    words: tuple[str, ...]
    representative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """`probability`: share of the topic's other statements that stay with this one in other runs (0 if left out)."""

    statement_id: str
    topic: int
    probability: float


@dataclass(frozen=True, slots=True)
class Quality:
    """`outliers`: share of statements left out; `stability`: mean adjusted Rand index of three runs."""

    npmi: float | None
    diversity: float
    outliers: float
    stability: float


@dataclass(frozen=True, slots=True)
class TopicResult:
    """`model` names the vectors ("a + b" for two languages), `fingerprint` the weights.

    Topics come largest first, assignments in the order of their ids.
    """

    model: str
    fingerprint: str
    seed: int
    n: int
    topics: tuple[Topic, ...]
    assignments: tuple[Assignment, ...]
    quality: Quality
    notices: tuple[Message, ...]
