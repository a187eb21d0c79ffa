"""Whether the rows of a copy make sense together, beyond their types and references: places, codes, memos, answers."""

from typing import Any

from survey_app.actions.memos import ABOUT
from survey_app.questionnaires.instrument import Instrument
from survey_app.store.answers import are_answers
from survey_app.store.codes import in_circles
from survey_app.store.deidentification import LEVELS, UNSURE
from survey_app.store.log import Row
from transcripts.identifying import How, Kind

PLACED = ("turn", "statement", "coding", "identifying")
"""Tables whose rows are places in the text of a source."""


class Soundness:
    """Rows are shown to it table by table, a source before what lies in it."""

    def __init__(self) -> None:
        self._lengths: dict[str, int] = {}
        self._above: dict[str, dict[str, str]] = {"parent_id": {}, "merged_into_id": {}}

    def bears(self, table: str, row: Row) -> bool:
        """Whether a row can stand beside those shown so far."""
        if table == "source":
            self._lengths[row["id"]] = len(row["text"])
        elif table in {"identifying", "pseudonym"} and not _is_named(row):
            return False
        elif table in PLACED:
            return 0 <= row["start"] <= row["end"] <= self._lengths[row["source_id"]]
        elif table == "code":
            for name, above in self._above.items():
                if row.get(name):
                    above[row["id"]] = row[name]
        elif table == "memo":
            return row["about"] in ABOUT
        elif table == "response":
            return are_answers(row["answers"])
        elif table == "instrument":
            return _is_definition(row["definition"])
        elif table == "event":
            images = [row.get(side) for side in ("before", "after")] if row["entity"] == "response" else []
            return all(are_answers(image.get("answers")) for image in images if isinstance(image, dict))
        return True

    def has_circles(self) -> bool:
        """Whether codes lie above one another, or were merged into one another, without end."""
        return any(in_circles(above) for above in self._above.values())


def _is_named(row: Row) -> bool:
    """Whether a pseudonym, or a place in a text, is of a kind and a level that there is."""
    level = row.get("level", "")
    own_level, how = row.get("own_level", ""), row.get("how", How.HAND)
    return row["kind"] in set(Kind) and how in set(How) and {level, own_level} <= {"", UNSURE, *LEVELS}


def _is_definition(found: Any) -> bool:
    """Whether it is none at all, or a questionnaire that can be read."""
    if found == {}:
        return True
    try:
        Instrument.from_json(found)
    except (LookupError, TypeError, ValueError, AttributeError):
        return False
    return True
