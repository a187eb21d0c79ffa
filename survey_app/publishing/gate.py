"""The gate: what stands between a study and its readers, each obstacle as one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from coding.codings import codes_of_statements
from coding.counts import expert_statements
from coding.frames import Frames
from coding.segments import Segmentation
from survey_app.publishing.names import names_within
from survey_app.publishing.segments import Proposal, obstacles, proposal
from survey_app.publishing.small_cells import Seen
from transcripts.messages import Message, counted, sentence

CONSENTING = ("yes",)
"""What an expert's consent must say before their words are quoted."""
_NAMED_ONE_BY_ONE = 5


@dataclass(frozen=True, slots=True)
class ReleasedQuote:
    """A statement that a person has released, with the expert's consent as it stands now."""

    statement_id: str
    text: str
    expert_id: str
    codes: tuple[str, ...]
    consent: str
    kind: str = "session"
    """Kind of its source: session, chat or answer."""
    seen: frozenset[Seen] = frozenset()
    """The cells of one or two that the person was shown who released it."""
    own_words: bool = False
    """Whether the expert has worded it anew."""


@dataclass(frozen=True, slots=True)
class GateReport:
    """Whether a release may be made; `reasons` shut the gate, `notices` only tell what it will lack.

    `proposals` are mergings that would pass instead of segmentations with too small segments.
    """

    passed: bool
    reasons: tuple[Message, ...]
    notices: tuple[Message, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    doubtful: tuple[str, ...] = ()
    """Words of the researcher's that are also names of the roster: somebody confirms that they name nobody."""


def check(
    frames: Frames, merged: Sequence[Segmentation], released: Sequence[ReleasedQuote], names: Sequence[str], *,
    minimum: int, guessed: int = 0,
) -> GateReport:  # fmt: skip
    """Judge what would be published: enough experts in every segment and outside them, quotes that betray nobody.

    `merged` are the segmentations that readers may choose from; `names` are all names and display names of the study;
    `minimum` is the fewest experts of a published segment; `guessed` display names stand for an expert without a
    person's word.
    """
    small = obstacles(frames.experts, frames.groups, merged, minimum)
    reasons = [
        *_nothing_to_count(frames),
        *_guesses(guessed),
        *small,
        *_unfit_quotes(released, names),
    ]
    notices = []
    if not released:
        notices.append(sentence("No quote has been released yet: the page will show counts without words."))
    refused = [each for each in merged if obstacles(frames.experts, frames.groups, [each], minimum)] if small else []
    fit = [each for each in merged if each not in refused]
    better = [proposal(frames.experts, frames.groups, each, minimum, fit) for each in refused]
    return GateReport(not reasons, tuple(reasons), tuple(notices), tuple(each for each in better if each))


def _nothing_to_count(frames: Frames) -> list[Message]:
    if frames.experts.empty:
        return [sentence("The study has no experts yet: import the roster and confirm who is who.")]
    if codes_of_statements(expert_statements(frames), frames.codings).empty:
        return [sentence("Nothing that an expert said is coded yet: code some statements first.")]
    return []


def _guesses(count: int) -> list[Message]:
    if not count:
        return []
    return [
        counted(
            "{count} display name is only guessed to be an expert's: confirm who is who on the page “Experts”.",
            "{count} display names are only guessed to be experts': confirm who is who on the page “Experts”.",
            count,
        )
    ]


def _unfit_quotes(released: Sequence[ReleasedQuote], names: Sequence[str]) -> list[Message]:
    reasons = []
    unasked = sum(quote.consent not in CONSENTING for quote in released)
    if unasked:
        reasons.append(
            counted(
                "{count} released quote is of an expert who has not agreed to be quoted. Withhold it.",
                "{count} released quotes are of experts who have not agreed to be quoted. Withhold them.",
                unasked,
            )
        )
    betraying = [(quote, found) for quote in released if (found := names_within(quote.text, names))]
    reasons += [
        sentence(
            "The released quote “{beginning}” holds a name of the roster: {names}. Withhold it on the page “Quotes”.",
            beginning=_beginning(quote.text), names=", ".join(found),
        )
        for quote, found in betraying[:_NAMED_ONE_BY_ONE]
    ]  # fmt: skip
    more = len(betraying) - _NAMED_ONE_BY_ONE
    if more > 0:
        reasons.append(
            counted(
                "{count} more released quote holds a name of the roster.",
                "{count} more released quotes hold a name of the roster.",
                more,
            )
        )
    return reasons


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")
