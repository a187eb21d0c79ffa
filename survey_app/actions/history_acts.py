"""What a person did to the codebook, to texts, recordings and topics, in words: one sentence for a whole change."""

from __future__ import annotations

from collections.abc import Callable

from survey_app.actions import arrangements
from survey_app.actions.adjudicating import AGREE, ANCHOR, REOPEN, SETTLE
from survey_app.actions.correcting import VERB as CORRECT
from survey_app.actions.history_names import Names, shortened
from survey_app.actions.recordings import ATTACH, REMOVE, SHIFT
from survey_app.actions.segmenting import MERGE, SPLIT
from survey_app.store.log import Row
from transcripts.messages import Message, counted, sentence

Pair = tuple[str, Row | None, Row | None]
"""The table of a row, and the row before the act and after it."""


def said(names: Names, verb: str, kind: str, events: list[Row]) -> Message:
    """The act of a change by its verb, one of `VERBS`. An undo is told as the act that it took back."""
    pairs: list[Pair] = [(event["entity"], event["before"], event["after"]) for event in events]
    if kind == "undo":
        pairs = [(entity, now, was) for entity, was, now in reversed(pairs)]
    if verb in _PLAIN:
        return _PLAIN[verb]
    return _TOLD[verb](names, pairs)


def _added(names: Names, pairs: list[Pair]) -> Message:
    new = [now for entity, was, now in pairs if entity == "code" and now and was is None]
    return sentence("The code “{label}” was added.", label=names.label(new[0]) if new else "?")


def _changed(names: Names, pairs: list[Pair]) -> Message:
    both = _codes(pairs)
    own = [now for was, now in both if _differing(was, now) - {"counterpart", "polarity"}]
    return sentence("The code “{label}” was changed.", label=_first(names, [*own, *(now for _was, now in both)]))


def _moved(names: Names, pairs: list[Pair]) -> Message:
    hung = [now for was, now in _codes(pairs) if was["parent_id"] != now["parent_id"]]
    if not hung:
        return sentence("Codes were put in another order.")
    return sentence("The code “{label}” was moved.", label=_first(names, hung))


def _archived(names: Names, pairs: list[Pair]) -> Message:
    turned = [now for was, now in _codes(pairs) if was["archived"] != now["archived"]]
    ids, parents = {row["id"] for row in turned}, {row["parent_id"] for row in turned}
    if turned and not turned[0]["archived"]:
        lowest = [row for row in turned if row["id"] not in parents]
        return sentence("The code “{label}” was brought back into use.", label=_first(names, lowest))
    highest = [row for row in turned if row["parent_id"] not in ids]
    return sentence("The code “{label}” was taken out of use.", label=_first(names, highest))


def _merged(names: Names, pairs: list[Pair]) -> Message:
    gone = [now for was, now in _codes(pairs) if now["merged_into_id"] != was["merged_into_id"]]
    into = names.codes.get(gone[0]["merged_into_id"]) if gone else None
    return sentence(
        "The code “{label}” was merged into “{into}”.", label=_first(names, gone),
        into=names.label(into) if into else "?",
    )  # fmt: skip


def _split(names: Names, pairs: list[Pair]) -> Message:
    new = [names.label(now) for entity, was, now in pairs if entity == "code" and now and was is None]
    return sentence("A code was split; new beside it: {labels}.", labels=", ".join(f"“{label}”" for label in new))


def _assigned(_names: Names, pairs: list[Pair]) -> Message:
    count = sum(entity == "coding" for entity, _was, _now in pairs)
    return counted("{count} coding was given another code.", "{count} codings were given other codes.", count)


def _attached(_names: Names, pairs: list[Pair]) -> Message:
    new = [now for entity, was, now in pairs if entity == "recording" and now and was is None]
    return sentence("The recording “{file}” was attached.", file=new[0]["file_name"] if new else "?")


def _shifted(_names: Names, pairs: list[Pair]) -> Message:
    new = [now for entity, _was, now in pairs if entity == "recording" and now]
    return sentence("The recording was shifted to {seconds} s.", seconds=f"{new[0]['shift_s']:g}" if new else "?")


def _removed(_names: Names, pairs: list[Pair]) -> Message:
    gone = [was for entity, was, _now in pairs if entity == "recording" and was]
    return sentence("The recording “{file}” was removed.", file=gone[0]["file_name"] if gone else "?")


def _settled(names: Names, pairs: list[Pair]) -> Message:
    new = [now for entity, was, now in pairs if entity == "decision" and now and was is None]
    words = names.words_of("statement", new[0]["statement_id"]) if new else ""
    given = [names.short(now["code_id"]) for entity, was, now in pairs if entity == "coding" and now and was is None]
    if not given:
        return sentence("It was decided that “{words}” has no code.", words=words)
    return sentence("It was decided on “{words}”: {codes}.", words=words, codes=", ".join(dict.fromkeys(given)))


def _agreed(_names: Names, pairs: list[Pair]) -> Message:
    count = sum(entity == "decision" for entity, _was, _now in pairs)
    return counted(
        "{count} statement was taken over, on which everybody agreed.",
        "{count} statements were taken over, on which everybody agreed.", count,
    )  # fmt: skip


def _reopened(names: Names, pairs: list[Pair]) -> Message:
    gone = [was for entity, was, now in pairs if entity == "decision" and was and now is None]
    words = names.words_of("statement", gone[0]["statement_id"]) if gone else ""
    return sentence("The decision on “{words}” was taken back.", words=words)


def _anchored(names: Names, pairs: list[Pair]) -> Message:
    return sentence(
        "A case became an anchor example of “{label}”.", label=_first(names, [now for _was, now in _codes(pairs)])
    )


def _topic_named(_names: Names, pairs: list[Pair]) -> Message:
    was, now = next(((was, now) for _entity, was, now in pairs), (None, None))
    before = [] if was is None else was["names"]
    new = [each for each in ([] if now is None else now["names"]) if each not in before]
    if not new:
        return sentence("A name of a topic was taken away.")
    return sentence("A topic was named “{name}”.", name=new[0]["name_en"] or new[0]["name_ru"])


def _concluded(_names: Names, pairs: list[Pair]) -> Message:
    return sentence("A sentence of a finding was written: “{words}”.", words=_sentence(pairs))


def _concluded_no_more(_names: Names, pairs: list[Pair]) -> Message:
    return sentence("A sentence of a finding was removed: “{words}”.", words=_sentence(pairs))


def _sentence(pairs: list[Pair]) -> str:
    """The beginning of a sentence of a finding, as it became or as it was last."""
    row = next((now or was for entity, was, now in pairs if entity == "finding_sentence"), None) or {}
    return shortened(str(row.get("text_en") or row.get("text_ru") or "?"))


def _codes(pairs: list[Pair]) -> list[tuple[Row, Row]]:
    """Codes that were there before and after."""
    return [(was, now) for entity, was, now in pairs if entity == "code" and was and now]


def _differing(was: Row, now: Row) -> set[str]:
    return {name for name, value in now.items() if was.get(name) != value}


def _first(names: Names, codes: list[Row]) -> str:
    return names.label(codes[0]) if codes else "?"


_PLAIN = {
    "import_codebook": sentence("The codebook was changed from a file."),
    "change_rules": sentence("The rules of the codebook were changed."),
    "change_attributes": sentence("The attributes of statements were changed."),
    "change_literature": sentence("The literature of the codebook was changed."),
    SPLIT: sentence("A statement was split."),
    MERGE: sentence("Two statements were joined."),
    CORRECT: sentence("Words of the text were corrected."),
    "replace_file": sentence("The text was replaced by a corrected file."),
    "restore_revision": sentence("An earlier text was brought back."),
    arrangements.LEVEL: sentence("Topics were shown coarser or finer."),
    arrangements.MERGE: sentence("Two topics were merged."),
    arrangements.SPLIT: sentence("A topic was split into the two that it was made of."),
    "add_finding": sentence("A finding was added."),
    "remove_finding": sentence("A finding was removed."),
    "move_finding": sentence("Findings were put in another order."),
    "move_finding_sentence": sentence("The sentences of a finding were put in another order."),
    "tie_view": sentence("A page was tied to a sentence of a finding."),
    "untie_view": sentence("A page was untied from a sentence of a finding."),
    "tie_quote": sentence("A quote was tied to a sentence of a finding."),
    "untie_quote": sentence("A quote was untied from a sentence of a finding."),
}
_TOLD: dict[str, Callable[[Names, list[Pair]], Message]] = {
    "add_code": _added, "change_code": _changed, "move_code": _moved, "archive_code": _archived,
    "merge_codes": _merged, "split_code": _split, "assign_codings": _assigned, ATTACH: _attached, SHIFT: _shifted,
    REMOVE: _removed, SETTLE: _settled, AGREE: _agreed, REOPEN: _reopened, ANCHOR: _anchored,
    arrangements.RENAME: _topic_named, "add_finding_sentence": _concluded, "change_finding_sentence": _concluded,
    "remove_finding_sentence": _concluded_no_more,
}  # fmt: skip
VERBS = (*_PLAIN, *_TOLD)
"""Acts that are told as a whole, to whoever did them."""
