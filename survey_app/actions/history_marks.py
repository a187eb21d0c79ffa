"""What became of a coder's own codings, flags, values, memos, summaries and saved queries, in words."""

from __future__ import annotations

from survey_app.actions.correcting import VERB as CORRECT
from survey_app.actions.history_names import Names, shortened
from survey_app.actions.segmenting import MERGE, SPLIT
from survey_app.store.log import Row
from transcripts.messages import Message, sentence

ENTITIES = ("coding", "flag", "statement_value", "memo", "summary", "saved_query")
_FOLLOWING = {CORRECT, "replace_file", "restore_revision", SPLIT, MERGE}
"""Verbs by which a coding follows its words: nobody has given it other ends."""


def said(names: Names, entity: str, verb: str, was: Row | None, now: Row | None) -> Message:
    """One event in words: `was` and `now` are the row before and after, with its place in the present text."""
    there = now or was or {}
    if entity == "coding":
        return _coding(names, verb, was, now)
    if entity == "memo":
        return _memo(names, there, gone=now is None)
    if entity == "summary":
        return _summary(names, there, gone=now is None)
    if entity == "saved_query":
        return _query(was, now)
    if entity == "flag":
        return sentence("A flag was taken away.") if now is None else sentence("A flag was set.")
    if now is None:
        return sentence("{attribute} was set to nothing.", attribute=there["attribute"])
    return sentence("{attribute} was set to “{value}”.", attribute=there["attribute"], value=there["value"])


def codes_of(names: Names, entity: str, was: Row | None, now: Row | None) -> set[str]:
    """Ids of the codes that an event is about."""
    sides = [row for row in (was, now) if row]
    if entity == "coding":
        return {row["code_id"] for row in sides}
    if entity == "memo":
        return {row["about_id"] for row in sides if row["about"] == "code"}
    if entity == "summary":
        kinds = [row["column"].partition(":") for row in sides]
        return {names.code_of_key(key) for kind, _colon, key in kinds if kind == "code"}
    return set()


def _coding(names: Names, verb: str, was: Row | None, now: Row | None) -> Message:
    there = now or was or {}
    code, words = names.short(there["code_id"]), names.words(there)
    if was is None:
        return sentence("{code} was put on “{words}”.", code=code, words=words)
    if now is None:
        if verb == "merge_codes":
            return sentence("{code} on “{words}” became one with the coding beside it.", code=code, words=words)
        return sentence("{code} was taken off “{words}”.", code=code, words=words)
    if was["code_id"] != now["code_id"]:
        before = names.short(was["code_id"])
        return sentence("“{words}” went from {before} to {after}.", words=words, before=before, after=code)
    if verb in _FOLLOWING:
        return sentence("The text under {code} was corrected: “{words}”.", code=code, words=words)
    if (was["start"], was["end"]) != (now["start"], now["end"]):
        return sentence("{code} was given other ends: “{words}”.", code=code, words=words)
    return sentence("{code} was looked at again on “{words}”.", code=code, words=words)


def _memo(names: Names, memo: Row, *, gone: bool) -> Message:
    about, words = memo["about"], shortened(memo["text"])
    if about == "study":
        if gone:
            return sentence("A memo was removed from the study: “{words}”.", words=words)
        return sentence("A memo was written on the study: “{words}”.", words=words)
    if about in {"statement", "coding"}:
        if place := names.words_of(about, memo["about_id"]):
            if gone:
                return sentence("A memo was removed from the words “{place}”: “{words}”.", place=place, words=words)
            return sentence("A memo was written on the words “{place}”: “{words}”.", place=place, words=words)
    else:
        call = {"code": names.code, "expert": names.expert, "source": names.source_key}[about]
        if thing := call(memo["about_id"]):
            if gone:
                return sentence("A memo was removed from {thing}: “{words}”.", thing=thing, words=words)
            return sentence("A memo was written on {thing}: “{words}”.", thing=thing, words=words)
    if gone:
        return sentence("A memo was removed: “{words}”.", words=words)
    return sentence("A memo was written: “{words}”.", words=words)


def _summary(names: Names, summary: Row, *, gone: bool) -> Message:
    kind, _colon, key = summary["column"].partition(":")
    expert = names.expert(summary["expert_id"]) or "?"
    if kind == "question":
        if gone:
            return sentence("The summary on {expert} · question {question} was removed.", expert=expert, question=key)
        return sentence("The summary on {expert} · question {question} was written.", expert=expert, question=key)
    code = names.code(names.code_of_key(key)) or key
    if gone:
        return sentence("The summary on {expert} · code {code} was removed.", expert=expert, code=code)
    return sentence("The summary on {expert} · code {code} was written.", expert=expert, code=code)


def _query(was: Row | None, now: Row | None) -> Message:
    if now is None:
        return sentence("The query “{name}” was removed.", name=(was or {})["name"])
    if was and was["name"] != now["name"]:
        return sentence("The query “{before}” was renamed “{name}”.", before=was["name"], name=now["name"])
    return sentence("The query “{name}” was saved.", name=now["name"])
