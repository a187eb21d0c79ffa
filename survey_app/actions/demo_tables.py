"""The demo's tables, and the words that its codebook has for what was found in its open lists."""

import csv
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from survey_app.actions.codebook_sections import change_attributes
from survey_app.actions.rights import needs
from survey_app.store import codebooks
from survey_app.store.log import Row, Store
from survey_app.store.team import Role

DEMO = Path(str(files("survey_app") / "starter" / "demo"))
PERSON = "A"


def demo_rows(name: str) -> list[dict[str, str]]:
    """A table of the demo as dicts of text."""
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed_values() -> dict[str, list[Row]]:
    """What the demo's coders found for attributes with open lists: by attribute rows of {key, label_en, label_ru}."""
    found = defaultdict(list)
    for row in demo_rows("attribute_values.csv"):
        found[row["attribute"]].append(_value(row["value"], row))
    found["persona"] = [_value(row["persona"], row) for row in demo_rows("personas.csv")]
    return dict(found)


@needs(Role.RESEARCHER)
def label_values(store: Store, study: Row) -> None:
    """Write them into the study's codebook; the starter codebook keeps its open lists."""
    listed = listed_values()
    with store.reading() as connection:
        attributes = codebooks.codebook_of(connection, study["id"])["attributes"]
    change_attributes(
        store, PERSON, study["id"], [one | {"values": listed.get(one["key"], one["values"])} for one in attributes]
    )


def _value(key: str, row: dict[str, str]) -> Row:
    return {"key": key, "label_en": row["label_en"], "label_ru": row["label_ru"]}
