"""Display names are not people: proposals of who is who, by comparing names in any script. Never a guess on a tie."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transcripts.moderator import propose_moderator, propose_roles
from transcripts.names import FULL, Part, likeness, name_key, parts_of

__all__ = ["KnownPerson", "Proposal", "name_key", "propose", "propose_moderator", "propose_roles", "several_people"]

ENOUGH = 70.0
"""Least likeness (0 to 100, as in `transcripts.names.likeness`) of a proposal."""
MARGIN = 8.0
"""Least lead over the second likeliest expert."""

_BRACKETS = re.compile(r"\(([^)]*)\)?|\[([^\]]*)\]?")
_ORGANISATION = re.compile(r"\s[-–—]\s|\s*[|;•·]+\s*|\s/\s|/")
_AND = re.compile(r"\s*[+&]\s*|\s+(?:и|and|und|et|та|і)\s+", re.IGNORECASE)
_OR = re.compile(r"\s*[/,]\s*")
_FOR_ANOTHER = re.compile(
    r"\b(?:interpreter|translator|assistant|secretary|aide|instead of|on behalf|for|помощни(?:к|ца)|ассистент\w*|"
    r"секретарь|переводчи(?:к|ца)|вместо|за|от|для|представитель\w*)\s+\S",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"(?:ova?|eva?|ina?|skii?|skaia|3kii?|3kaia|enko|uk|[iy]h)$")
_COMPANY = re.compile(
    r"\b(?:co|company|partners|sons|team|family|guests|llp|партн[её]ры|команда|семья|гости|ко)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An expert of the roster with every name that is known."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who may be behind a display name. `expert_id` is None where a person must say it."""

    expert_id: str | None
    score: float
    runner_up: float
    reason: str
    """memory, same name, likeness, tie, several, nobody"""
    candidates: tuple[str, ...] = ()
    """Whom to choose from: of a tie those who fit, of several people on one device whoever was recognised."""


class _Roster:
    """The experts, their names taken apart once."""

    def __init__(self, experts: Iterable[KnownPerson]) -> None:
        people = list(experts)
        self.written = [(each.id, {_plain(name) for name in each.names}) for each in people]
        self.keys = [(each.id, {_sorted_key(name) for name in each.names} - {""}) for each in people]
        self.parts = [(each.id, _fullest([_main(name) for name in each.names])) for each in people]

    def named(self, name: str) -> list[str]:
        """Experts whose name is written exactly so."""
        return [expert for expert, names in self.written if _plain(name) in names]

    def scores(self, readings: Iterable[tuple[Part, ...]]) -> dict[str, float]:
        """The best likeness of each expert who fits at all."""
        shown = [parts for parts in readings if parts]
        best = {
            expert: max((likeness(parts, name) for parts in shown for name in names), default=0.0)
            for expert, names in self.parts
        }
        return {expert: score for expert, score in best.items() if score}


def propose(
    display_names: Sequence[str], experts: Iterable[KnownPerson], memory: Mapping[str, str],
    other_names: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Proposal]:  # fmt: skip
    """A proposal for each display name. `memory` holds aliases confirmed before (name to expert id).

    `other_names` are original names by display name, where a list of those present tells them.
    """
    roster = _Roster(experts)
    return {name: _propose_one(name, roster, memory, (other_names or {}).get(name, ())) for name in display_names}


def several_people(name: str) -> list[str]:
    """The names on one device that two or more share (“Anna & Boris”), as written; [] where it is one person."""
    core = _ORGANISATION.split(_BRACKETS.sub(" ", name).replace("/", " ∕ "))[0].replace(" ∕ ", "/").strip()
    pieces = [piece.strip() for piece in _AND.split(core) if piece.strip()]
    if len(pieces) >= 2 and all(_may_be_person(piece) for piece in pieces):
        return pieces if "+" in core or any(_surely_person(piece) for piece in pieces) else []
    pieces = [piece.strip() for piece in _OR.split(core) if piece.strip()]
    if len(pieces) >= 2 and all(_may_be_person(piece) and _has_given(piece) for piece in pieces):
        return pieces
    return []


def _propose_one(name: str, roster: _Roster, memory: Mapping[str, str], originals: Sequence[str]) -> Proposal:
    if name in memory:
        return Proposal(memory[name], 100, 0, "memory")
    named = roster.named(name)
    if len(named) == 1:
        return Proposal(named[0], 100, 0, "same name")
    shared = several_people(name)
    if shared:
        found = [_decide(piece, roster.scores([_main(piece)]), roster).expert_id for piece in shared]
        return Proposal(None, 0, 0, "several", tuple(dict.fromkeys(each for each in found if each)))
    if _FOR_ANOTHER.search(name):
        return Proposal(None, 0, 0, "nobody")
    main, bracketed, beside = _main(name), _bracketed(name, originals), _beside(name)
    if not main:
        return _decide(name, roster.scores((*bracketed, *beside)), roster)
    proposal = _decide(name, roster.scores([main]), roster)
    whole = [parts for parts in bracketed if len(parts) >= 2]
    if proposal.reason in {"nobody", "tie"}:
        login = len(main) == 1 or name == name.lower()
        more = (*(whole if login else ()), *(parts for parts in beside if len(parts) >= 2))
        other = _decide(name, roster.scores(more), roster)
        agrees = proposal.reason == "nobody" or other.expert_id in proposal.candidates
        return other if other.expert_id and agrees else proposal
    other = _decide(name, roster.scores(whole), roster)
    if other.expert_id and proposal.expert_id and other.expert_id != proposal.expert_id:
        return Proposal(None, proposal.score, other.score, "tie", (proposal.expert_id, other.expert_id))
    return proposal


def _decide(name: str, scores: Mapping[str, float], roster: _Roster) -> Proposal:
    ranked = sorted(scores, key=lambda expert: -scores[expert])
    if not ranked or scores[ranked[0]] < ENOUGH:
        return Proposal(None, scores[ranked[0]] if ranked else 0, 0, "nobody")
    best, second = scores[ranked[0]], scores[ranked[1]] if len(ranked) > 1 else 0.0
    near = tuple(expert for expert in ranked if best - scores[expert] < MARGIN)
    if len(near) > 1:
        return Proposal(None, best, second, "tie", near)
    key = _sorted_key(name)
    same = bool(key) and any(expert == ranked[0] and key in keys for expert, keys in roster.keys)
    return Proposal(ranked[0], best, second, "same name" if same else "likeness")


def _fullest(forms: list[tuple[Part, ...]]) -> list[tuple[Part, ...]]:
    """Without forms that another says with the patronymic: «Иванов А. С.» is not Александр Викторович."""
    return [
        form for form in forms
        if not any(len(other) > len(form) and likeness(form, other) == FULL for other in forms)
    ]  # fmt: skip


def _main(name: str) -> tuple[Part, ...]:
    """The parts before every aside; a given name after a comma belongs to the surname before it."""
    head = _ORGANISATION.split(_BRACKETS.sub(" ", name))[0]
    first, *rest = head.split(",")
    parts = parts_of(first)
    if rest and len(parts) == 1 and _goes_on(rest[0]):
        return (*parts, *parts_of(rest[0]))
    return parts


def _goes_on(text: str) -> bool:
    """Whether what follows a comma is the rest of a name rather than an organisation."""
    words = text.split()
    if not 1 <= len(words) <= 2:
        return False
    parts = parts_of(text)
    known = bool(parts) and all(part.given or part.initial or part.patronymic for part in parts)
    return known or (len(words) == 1 and words[0][0].isupper() and not words[0][1:2].isupper())


def _bracketed(name: str, originals: Sequence[str]) -> list[tuple[Part, ...]]:
    found = [first or second for first, second in _BRACKETS.findall(name)]
    return [_main(text) for text in (*found, *originals) if not _FOR_ANOTHER.search(text)]


def _beside(name: str) -> list[tuple[Part, ...]]:
    """What stands after a dash, a bar or a comma: sometimes the organisation comes first."""
    pieces = _ORGANISATION.split(_BRACKETS.sub(" ", name).replace(",", " | "))[1:]
    return [parts_of(piece) for piece in pieces]


def _may_be_person(piece: str) -> bool:
    parts = parts_of(piece)
    capital = piece[0].isupper() or piece[0].lower() == piece[0].upper()
    return 1 <= len(parts) <= 3 and capital and not all(part.initial for part in parts) and not _COMPANY.search(piece)


def _surely_person(piece: str) -> bool:
    return _has_given(piece) or any(_SURNAME.search(sound) for part in parts_of(piece) for sound in part.sounds)


def _has_given(piece: str) -> bool:
    return any(part.given for part in parts_of(piece))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _sorted_key(name: str) -> str:
    return " ".join(sorted(name_key(name).split()))
