"""What goes into a topic model and what comes out of it: plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from transcripts.messages import Message, MessageError, sentence

LEFT_OUT = -1
"""The topic of statements without a word that could name anything, or in a language of too few statements."""

LARGEST_SEED = 2**32 // 8 - 1
"""Each of eight runs has a seed of its own, which is at most 2^32 - 1."""

Progress = Callable[[float, Message], None]
"""Hears the share of the work that is done, 0 to 1, and what is being done; may raise to stop the work."""


class NoTopics(MessageError):
    """Too little text to look for topics in."""


class UnusableSettings(MessageError):
    """A seed, or a number of topics, with which there can be no run."""


class TooLittleMemory(MessageError):
    """More memory would be needed than this machine has free."""


def check_settings(seed: int, n_topics: int | None) -> None:
    """Raises UnusableSettings for what no run can be made with."""
    if not 0 <= seed <= LARGEST_SEED:
        raise UnusableSettings(
            sentence("The seed {seed} cannot be used: take a whole number from 0 to {largest}.",
                     seed=seed, largest=LARGEST_SEED)
        )  # fmt: skip
    if n_topics is not None and n_topics < 1:
        raise UnusableSettings(
            sentence("The number of topics cannot be {number}: take a whole number from 1 on, or none for a proposal.",
                     number=n_topics)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatementText:
    """What the model sees of a statement. `expert` says who spoke: a word of one person alone names no topic, and
    representative statements are of several people. `codes` are those of coders, where topics are guided by them."""

    id: str
    text: str
    group: str = ""
    expert: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """`representative`: ids of the statements nearest to the topic's mean, of different experts where possible.

    `stability`: mean `probability` of its statements; `leaves`: the finest groups that it is made of; `grown_around`:
    the codes around which it grew, where topics are guided.
    """

    number: int
    size: int
    words: tuple[str, ...]
    representative: tuple[str, ...]
    stability: float = 1.0
    leaves: tuple[int, ...] = ()
    grown_around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """`probability`: share of the topic's other statements that stay with this one in other runs (0 if left out). A
    statement that was in no run of a large study has the mean of its nearest neighbours' that were, with 0 for each
    neighbour in another topic."""

    statement_id: str
    topic: int
    probability: float


@dataclass(frozen=True, slots=True)
class Quality:
    """`outliers`: share of statements left out; `stability`: adjusted Rand index of two halves of the runs, each
    grouped alone; `without_experts`: the same of these topics and runs without a fifth of the experts, None where it
    is not known who spoke."""

    npmi: float | None
    diversity: float
    outliers: float
    stability: float
    without_experts: float | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """The same statements in coarser or finer topics, largest first. `together` is the `probability` of each statement,
    in the order of the result's assignments."""

    topics: tuple[Topic, ...]
    stability: float
    npmi: float | None
    diversity: float
    together: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """The finest groups, of which all topics are made. `of_statement`: the leaf of each statement, in the order of the
    assignments (LEFT_OUT: none); `merges`: the leaves of two groups each that become one, finest first.

    `counts`: how often each leaf says each of the `terms`, by their index; `forms`: how terms are written.
    """

    of_statement: tuple[int, ...]
    merges: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    terms: tuple[str, ...]
    forms: Mapping[str, str]
    counts: tuple[Mapping[int, int], ...]


@dataclass(frozen=True, slots=True)
class TopicResult:
    """`model` names the vectors ("a + b" for two languages), `fingerprint` the weights.

    Topics come largest first, assignments in the order of their ids; `places` says for each assignment where its
    statement lies on the map, -1 to 1. `record` says what another run needs to give the same, and how long this took.
    """

    model: str
    fingerprint: str
    seed: int
    n: int
    topics: tuple[Topic, ...]
    assignments: tuple[Assignment, ...]
    quality: Quality
    notices: tuple[Message, ...]
    levels: tuple[Level, ...] = ()
    leaves: Leaves | None = None
    places: tuple[tuple[float, float], ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict, compare=False)
