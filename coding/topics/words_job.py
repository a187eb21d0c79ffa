"""What can be said of words without topics, as jobs: plain values in, plain values out."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from transcripts.messages import Message, sentence

MOST = 15
FEWEST_EXPERTS = 2

Report = Callable[[float, Message], None]


def moderators(payload: Mapping[str, Any], report: Report) -> list[dict[str, Any]]:
    """`keyness.moderators_words` for JSON.

    `payload`: moderator and experts (lists of texts), words (fields of a Wording). The answer has one row a term: form,
    moderator, experts (how often each side says it), the most telling first.
    """
    from coding.topics.keyness import moderators_words
    from coding.topics.terms import wording_of

    report(0.1, sentence("Reading the words"))
    found = moderators_words(payload["moderator"], payload["experts"], wording_of(payload.get("words") or {}))
    return [{"form": each.form, "moderator": each.moderator, "experts": each.experts} for each in found]


def frequent(payload: Mapping[str, Any], report: Report) -> list[dict[str, Any]]:
    """Words that two or more experts say, by the number of experts, then of statements.

    `payload`: statements (a list of {text, expert}), words (fields of a Wording). The answer has one row a term: form,
    experts, statements; at most fifteen.
    """
    from coding.topics.terms import read, readable, wording_of

    report(0.1, sentence("Reading the words"))
    readings = read([each["text"] for each in payload["statements"]], wording_of(payload.get("words") or {}))
    people: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[str, int] = defaultdict(int)
    for each, reading in zip(payload["statements"], readings, strict=True):
        for term in set(reading.terms):
            said[term] += 1
            people[term] |= {each["expert"]} - {""}
    forms = readable(readings)
    common = [term for term, experts in people.items() if len(experts) >= FEWEST_EXPERTS]
    common.sort(key=lambda term: (-len(people[term]), -said[term], term))
    return [{"form": forms[term], "experts": len(people[term]), "statements": said[term]} for term in common[:MOST]]
