"""Zoom's chat, saved or of a cloud recording, in every generation. Parsed by structure: the header's words may be
of any interface language."""

import re
from collections import Counter

from transcripts.containers import Opened
from transcripts.model import Unit, UnitKind
from transcripts.readers import Reading

_CLOUD = re.compile(r"^(\d{1,2}):(\d{2}):(\d{2})\t(.+?):\t(.*)$")
_SAVED = re.compile(r"^(?:\d{4}-\d{2}-\d{2}\s+)?(\d{1,2}):(\d{2}):(\d{2})\s+(\S+)\s+(\S.*)$")
_ON_ONE_LINE = re.compile(r"^(.*?) : (.*)$")
_MARK = re.compile(r"\s*\((?:[^()]*)\)$")
_CONNECTORS = [
    "to",
    "an",
    "para",
    "à",
    "для",
    "кому",
    "к",
    "al",
    "do",
    "naar",
    "til",
    "till",
    "対象",
    "對",
    "对",
    "收件人",
]
_EVERYONE = {
    "everyone", "alle", "tous", "tout le monde", "todos", "todo el mundo", "tutti", "все", "всем", "всех", "iedereen",
    "所有人", "全員", "everyone (in meeting)", "hosts and panelists", "all panelists", "all panelists and attendees",
    "meeting group chat", "waiting room participants",
}  # fmt: skip
_QUOTED = re.compile(r"[\"“«].*[\"”»]", re.DOTALL)
_REACTION_LINE = re.compile(r"^[^:\n]+:\s*[^\w\s]+$")
DAY = 86_400


def sniff(opened: Opened) -> float:
    """By the share of lines that begin a message."""
    text = opened.text
    lines = [line for line in text.split("\n")[:400] if line.strip()]
    if not lines:
        return 0.0
    if _CLOUD.match(lines[0]):
        return 0.95
    heads = [found for line in lines if (found := _SAVED.match(line)) and (":" in found.group(5))]
    if not heads or not _SAVED.match(lines[0]):
        return 0.0
    same_word = Counter(head.group(4) for head in heads).most_common(1)[0][1]
    return 0.85 if same_word >= 0.9 * len(heads) and ("chat" in opened.name.lower() or same_word >= 2) else 0.0


def read(opened: Opened) -> Reading:
    """Messages in order. Private ones are marked; who drops them is `transcripts.reading`."""
    text = opened.text
    lines = text.rstrip("\n").split("\n")
    if any(_CLOUD.match(line) for line in lines[:3]):
        return _read_cloud(lines)
    return _read_saved(lines)


def _read_cloud(lines: list[str]) -> Reading:
    messages: list[tuple[float, str, list[str]]] = []
    for line in lines:
        found = _CLOUD.match(line)
        if found:
            messages.append((_clock(found), found.group(4).strip(), [found.group(5)]))
        elif messages:
            messages[-1][2].append(line)
    units = [_unit(body, speaker, time, private=False) for time, speaker, body in messages]
    return Reading(tuple(units), "zoom_chat_cloud_txt", "offset")


def _read_saved(lines: list[str]) -> Reading:
    messages: list[tuple[float, str, list[str]]] = []
    dated = False
    for line in lines:
        found = _SAVED.match(line)
        if found and not line.startswith("\t") and ":" in found.group(5):
            dated = dated or line[4:5] == "-"
            messages.append((_clock(found), found.group(5), []))
        elif messages:
            messages[-1][2].append(line.removeprefix("\t"))
    in_one_line = sum(not head.rstrip().endswith(":") for _time, head, _body in messages) > 0.5 * len(messages)
    heads = [_split_head(head, in_one_line) for _time, head, _body in messages]
    connector = _connector([who for who, _words in heads])
    people = [_people(who, connector) for who, _words in heads]
    public = _public_recipients(people)
    units = []
    times = _past_midnight([time for time, _head, _body in messages])
    for (_time, _head, body), (_who, words), (sender, recipient), time in zip(
        messages, heads, people, times, strict=True
    ):
        private = bool(recipient) and recipient.casefold() not in public
        units.append(_unit([words, *body] if words else body, sender, time, private=private))
    shape = "zoom_chat_v1_txt" if in_one_line else "zoom_chat_v3_txt" if dated else "zoom_chat_v2_txt"
    return Reading(tuple(units), shape, "wall")


def _clock(found: re.Match[str]) -> float:
    return int(found.group(1)) * 3600.0 + int(found.group(2)) * 60 + int(found.group(3))


def _past_midnight(times: list[float]) -> list[float]:
    """Wall clock that goes on past 24 h when it falls by more than half a day."""
    found: list[float] = []
    days = 0
    for index, time in enumerate(times):
        if index and times[index - 1] - time > DAY / 2:
            days += 1
        found.append(time + days * DAY)
    return found


def _split_head(head: str, in_one_line: bool) -> tuple[str, str]:
    """(sender and recipient, words on the same line)."""
    found = _ON_ONE_LINE.match(head) if in_one_line else None
    if found:
        return found.group(1).strip(" "), found.group(2)
    before, _colon, after = head.rpartition(":") if not in_one_line else head.partition(":")
    return before.strip(" "), after.strip()


def _connector(heads: list[str]) -> str:
    """The word between sender and recipient: a known one, else the last word but one that every header shares."""
    words = [{word.casefold() for word in head.split()[1:-1]} for head in heads]
    for known in _CONNECTORS:
        if words and sum(known in each for each in words) > 0.9 * len(words):
            return known
    shared = set.intersection(*words) if words else set()
    order = [word.casefold() for word in heads[0].split()] if heads else []
    return next((word for word in reversed(order) if word in shared), "") if len(heads) > 2 else ""


def _people(head: str, connector: str) -> tuple[str, str]:
    """(sender, recipient); recipient "" where the header names none."""
    if connector:
        spaced = re.split(rf"\s{{2,}}{re.escape(connector)}\s{{2,}}", head, flags=re.IGNORECASE)
        if len(spaced) == 2:
            return spaced[0].strip(), spaced[1].strip()
        found = re.match(rf"^(.*)\s{re.escape(connector)}\s(.*)$", head, re.IGNORECASE)
        if found:
            return found.group(1).strip(), found.group(2).strip()
    return head.strip(), ""


def _public_recipients(people: list[tuple[str, str]]) -> set[str]:
    """Recipients that stand for everybody: known words, else the one that most people write to."""
    recipients = Counter(recipient.casefold() for _sender, recipient in people if recipient)
    known = {recipient for recipient in recipients if _MARK.sub("", recipient) in _EVERYONE or recipient in _EVERYONE}
    if known or not recipients:
        return known
    senders = {sender.casefold() for sender, _recipient in people}
    likely = recipients.most_common(1)[0][0]
    writers = {sender for sender, recipient in people if recipient.casefold() == likely}
    return {likely} if likely not in senders and len(writers) > 1 and not _MARK.search(likely) else set()


def _unit(body: list[str], speaker: str, time: float, *, private: bool) -> Unit:
    lines = [line.strip() for line in body]
    while lines and (not lines[-1] or (len(lines) > 1 and _REACTION_LINE.match(lines[-1]))):
        lines.pop()
    kind: UnitKind = "message"
    first = next((line for line in lines if line), "")
    quoted = _QUOTED.search(first)
    if quoted and len([line for line in lines if line]) == 1 and _is_reaction(first, quoted):
        kind = "reaction"
    elif quoted and quoted.end() == len(first) and 0 < quoted.start() <= 40 and len([x for x in lines if x]) > 1:
        kind = "reply"
        lines = lines[lines.index(first) + 1 :]
    text = " ".join(" ".join(lines).split())
    return Unit(text, speaker, time, None, kind, private)


def _is_reaction(line: str, quoted: re.Match[str]) -> bool:
    """`Reacted to "…" with 👍` and `Removed a 👍 reaction from "…"`, in any language: few words and a sign."""
    around = (line[: quoted.start()] + line[quoted.end() :]).split()
    signs = [word for word in around if not any(letter.isalnum() for letter in word)]
    return bool(signs) and 0 < quoted.start() <= 60 and len(around) <= 8
