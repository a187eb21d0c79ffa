"""What a desk is told: the coder's own work, and apart from it what they see of others, under the keys of these."""

from typing import Any

from survey_app.actions.desk_paper import Moved, Snapshot
from survey_app.actions.desk_terms import Terms
from survey_app.components.desk.sheet import Sheet
from survey_app.language import ngettext, translate
from survey_app.store.log import Row


def told_whole(now: Snapshot, sheet: Sheet) -> dict[str, Any]:
    """Everything, for a browser that has nothing or whose terms have changed."""
    keys = dict(now.terms.others)
    return {
        "terms": _terms(now.terms, sheet), "revision": now.revision, "codings": [_coding(row) for row in now.codings],
        "looked_at": now.looked_at, "marks": now.marks,
        "others": [_coding(row) | {"coder": keys[row["coder_id"]]} for row in now.others],
    }  # fmt: skip


def told_since(moved: Moved) -> dict[str, Any]:
    """What came or went since the browser was told."""
    keys = dict(moved.terms.others)
    return {
        "revision": moved.revision, "marks": moved.marks, "looked": moved.looked,
        "changes": [change | {"coding": change["coding"] and _coding(change["coding"])} for change in moved.codings],
        "otherChanges": [
            change
            | {"coding": change["coding"] and _coding(change["coding"]) | {"coder": keys[change["coding"]["coder_id"]]}}
            for change in moved.others
        ],
    }  # fmt: skip


def _terms(terms: Terms, sheet: Sheet) -> dict[str, Any]:
    """`others`: how it comes that others are seen, "" where none is; `progress`: of a sample, how far the coder is."""
    counted = {turn["index"] for turn in sheet.doc["turns"] if turn["counted"]}
    due = [
        row["id"] for row in sheet.doc["statements"] if row["turn"] in counted and row["id"] in (terms.sampled or ())
    ]
    return {
        "word": terms.word,
        "closed": translate(terms.closed) if terms.closed else "",
        "shapes": terms.shapes,
        "sampled": None if terms.sampled is None else due,
        "progress": "" if terms.sampled is None else ngettext(
            "Looked at {k} of {count} statement of the sample", "Looked at {k} of {count} statements of the sample",
            len(due), k="{k}",
        ),
        "others": ("open" if terms.openly else "opened") if terms.others else "",
    }  # fmt: skip


def _coding(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "start": row["start"],
        "end": row["end"],
        "code": row["code_id"],
        "look": row["needs_look"],
        "book": row.get("codebook_version", 0),  # events of older versions of Rakurs know none
    }
