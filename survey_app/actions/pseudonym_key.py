"""The key, which leads from labels back to people, as a file; and the log of de-identification in numbers."""

from collections import Counter
from dataclasses import dataclass

from survey_app.actions.exporting import as_csv
from survey_app.actions.review_queue import review_queue
from survey_app.actions.review_state import text_states
from survey_app.actions.rights import needs
from survey_app.store.log import Store
from survey_app.store.team import Role
from transcripts.identifying import How
from transcripts.pseudonyms import KEPT, label

HEADER = ["label_en", "label_ru", "kind", "level", "name", "written", "places", "texts"]


@dataclass(frozen=True, slots=True)
class DeidentificationNumbers:
    """What a note on methods says of it: texts looked through and signed, places by what was done and by kind."""

    texts: int
    finished: int
    signed: int
    places: int
    replaced: int
    kept: int
    undecided: int
    by_hand: int
    by_kind: dict[str, int]


@needs(Role.OWNER)
def export_key(store: Store, study_id: str) -> bytes:
    """Which label stands for whom and what, as CSV. Whoever has this file can undo the de-identification."""
    lines = []
    for card in review_queue(store, study_id):
        labels = [
            label(card.kind, card.level, card.number, language, words, expert=card.expert)
            for language, words in (("en", card.label_en), ("ru", card.label_ru))
        ]
        lines.append(
            [*labels, str(card.kind), card.level, card.name, "; ".join(card.written), len(card.places),
             len(card.source_ids)]
        )  # fmt: skip
    return as_csv(HEADER, lines)


@needs(Role.RESEARCHER)
def deidentification_numbers(store: Store, study_id: str) -> DeidentificationNumbers:
    """Counts alone, over all texts in which experts speak: no name and no label is in it."""
    states = text_states(store, study_id)
    cards = review_queue(store, study_id)
    places = [(card, place) for card in cards for place in card.places]
    levels = Counter(place.level for _card, place in places)
    return DeidentificationNumbers(
        texts=sum(each.state != "unseen" for each in states),
        finished=sum(each.state in {"finished", "signed"} for each in states),
        signed=sum(each.state == "signed" for each in states),
        places=len(places), replaced=len(places) - levels[KEPT] - levels[""], kept=levels[KEPT], undecided=levels[""],
        by_hand=sum(place.how == How.HAND for _card, place in places),
        by_kind=dict(sorted(Counter(str(card.kind) for card, _place in places).items())),
    )  # fmt: skip
