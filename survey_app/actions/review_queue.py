"""What waits for a decision: a card for each pseudonym with its places, the riskiest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey_app.actions.results import Kept, Stamp, stamp_of
from survey_app.actions.rights import needs
from survey_app.store import deidentification, experts, schema
from survey_app.store.log import Row, Store, fetch_all
from survey_app.store.team import Role
from transcripts.identifying import How, Kind
from transcripts.suggested_levels import suggested_level

AROUND = 90
"""Code points on either side of a place that are shown with it."""
MOST_CONTEXTS = 3
_QUEUES: Kept[Stamp, "list[Card]"] = Kept(4)
_HOWS = list(How)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a card. `level` is what holds for it, `own_level` what was decided of it alone."""

    id: str
    source_id: str
    start: int
    end: int
    how: How
    level: str
    own_level: str


@dataclass(frozen=True, slots=True)
class Card:
    """One person or thing: `name` of an expert or as it is written first, its number and labels, what was decided.

    `how` is the surest way in which a place was found, `risk` the highest (1) of them.
    """

    pseudonym_id: str
    kind: Kind
    name: str
    written: tuple[str, ...]
    expert: bool
    number: int
    level: str
    label_en: str
    label_ru: str
    how: How
    risk: int
    places: tuple[Place, ...]

    @property
    def undecided(self) -> int:
        """How many places nobody has decided on."""
        return sum(not place.level for place in self.places)

    @property
    def suggestion(self) -> str:
        """The level that is proposed."""
        return suggested_level(self.kind, self.risk)

    @property
    def source_ids(self) -> list[str]:
        """The texts it stands in."""
        return list(dict.fromkeys(place.source_id for place in self.places))


@dataclass(frozen=True, slots=True)
class Context:
    """Words around a place: before, the place itself, after."""

    source_id: str
    before: str
    words: str
    after: str
    place: Place


@needs(Role.RESEARCHER)
def review_queue(store: Store, study_id: str) -> list[Card]:
    """A card for each pseudonym that has places: the riskiest first, then by how it was found, the most frequent first.
    Callers must not change it."""
    return _QUEUES.get(stamp_of(store, study_id), lambda: _queue(store, study_id))


@needs(Role.RESEARCHER)
def contexts_of(
    store: Store, study_id: str, cards: Sequence[Card], most: int = MOST_CONTEXTS
) -> dict[str, list[Context]]:
    """Up to so many places of each card with the words around, undecided ones first, by the pseudonym's id."""
    chosen = {
        card.pseudonym_id: sorted(card.places, key=lambda place: place.own_level != deidentification.UNSURE)[:most]
        for card in cards
    }
    with store.reading() as connection:
        wanted = list(dict.fromkeys(place.source_id for several in chosen.values() for place in several))
        texts = {row["id"]: row["text"] for row in fetch_all(connection, schema.source, wanted)}
    return {
        pseudonym_id: [context_of(texts[place.source_id], place) for place in several]
        for pseudonym_id, several in chosen.items()
    }


def context_of(text: str, place: Place) -> Context:
    """The words around a place, of its own line, cut between words."""
    first, last = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    first, last = max(first, place.start - AROUND), min(len(text) if last < 0 else last, place.end + AROUND)
    before, after = text[first : place.start], text[place.end : last]
    if first and text[first - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if last < len(text) and text[last] != "\n":
        after = after.rpartition(" ")[0] + "…"
    return Context(place.source_id, before, text[place.start : place.end], after, place)


def suggestions(cards: Iterable[Card]) -> dict[str, str]:
    """The proposed level of each card, by the pseudonym's id."""
    return {card.pseudonym_id: card.suggestion for card in cards}


def _queue(store: Store, study_id: str) -> list[Card]:
    with store.reading() as connection:
        key = {row["id"]: row for row in deidentification.pseudonyms(connection, study_id)}
        names = {row["id"]: row["name"] or row["key"] for row in experts.experts(connection, study_id)}
        of_pseudonym: dict[str, list[Row]] = {}
        for row in deidentification.places(connection, study_id):
            of_pseudonym.setdefault(row["pseudonym_id"], []).append(row)
    cards = [_card(key[pseudonym_id], names, places) for pseudonym_id, places in of_pseudonym.items()]
    return sorted(cards, key=lambda card: (card.risk, _HOWS.index(card.how), -len(card.places), card.name))


def _card(row: Row, names: dict[str, str], places: list[Row]) -> Card:
    written = tuple(row["written"])
    return Card(
        row["id"], Kind(row["kind"]), names.get(row["expert_id"]) or (written[0] if written else ""), written,
        bool(row["expert_id"]), row["number"], row["level"], row["label_en"], row["label_ru"],
        min((How(place["how"]) for place in places), key=_HOWS.index), min(place["risk"] for place in places),
        tuple(
            Place(at["id"], at["source_id"], at["start"], at["end"], How(at["how"]), at["level"], at["own_level"])
            for at in places
        ),
    )  # fmt: skip
