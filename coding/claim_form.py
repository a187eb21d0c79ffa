"""A claim as plain JSON and back, read without trusting it."""

from __future__ import annotations

from typing import Any

from coding.claims import AtLeast, AtMost, Claim, FirstAmong, Groups, MoreIn, MoreNamed, UnusableClaim
from transcripts.messages import sentence

LONGEST_KEY = 200
MOST_GROUPS = 200
LARGEST = 1_000_000
"""Of the k and the n of a share."""
KINDS: dict[str, type[Claim]] = {
    "at_least": AtLeast, "at_most": AtMost, "more_named": MoreNamed, "more_in": MoreIn, "first_among": FirstAmong,
}  # fmt: skip
_NAMES = {
    "at_least": {"code", "k", "n", "groups"}, "at_most": {"code", "k", "n", "groups"},
    "more_named": {"code", "other", "groups"}, "more_in": {"code", "groups", "others"},
    "first_among": {"code", "root", "groups"},
}  # fmt: skip


def kind_of(claim: Claim) -> str:
    """The name of a claim's kind, as JSON has it."""
    return next(name for name, kind in KINDS.items() if type(claim) is kind)


def write_claim(claim: Claim) -> dict[str, Any]:
    """The claim as a mapping that JSON can hold; `read_claim` gives the same claim again."""
    written: dict[str, Any] = {"kind": kind_of(claim), "code": claim.code_id, "groups": list(claim.group_ids)}
    match claim:
        case AtLeast() | AtMost():
            return written | {"k": claim.k, "n": claim.n}
        case MoreNamed():
            return written | {"other": claim.other_id}
        case MoreIn():
            return written | {"others": list(claim.others)}
        case FirstAmong():
            return written | {"root": claim.root_id}


def read_claim(given: object) -> Claim:
    """The claim that a mapping says. Raises UnusableClaim if it says none, or more than can be meant."""
    if not isinstance(given, dict) or not isinstance(given.get("kind"), str) or given["kind"] not in _NAMES:
        raise _unknown()
    kind = given["kind"]
    if set(given) - {"kind"} - _NAMES[kind] or _NAMES[kind] - set(given):
        raise _unknown()
    code, groups = _key(given["code"]), _groups(given["groups"])
    match kind:
        case "at_least":
            return AtLeast(code, *_share(given), groups)
        case "at_most":
            return AtMost(code, *_share(given), groups)
        case "more_named":
            return MoreNamed(code, _key(given["other"]), groups)
        case "more_in":
            return MoreIn(code, groups, _groups(given["others"]))
    return FirstAmong(code, _key(given["root"]), groups)


def renamed(claim: Claim, names: dict[str, str]) -> Claim:
    """The same claim with codes by other keys: those that were merged into others."""
    written = write_claim(claim)
    for name in ("code", "other", "root"):
        if name in written:
            written[name] = names.get(written[name], written[name])
    return read_claim(written)


def _share(given: dict[str, Any]) -> tuple[int, int]:
    k, n = given["k"], given["n"]
    if (
        any(not isinstance(each, int) or isinstance(each, bool) for each in (k, n))
        or not 0 <= k <= n <= LARGEST
        or not n
    ):
        raise UnusableClaim(sentence("A share is k of n, whole numbers, k from 0 to n."))
    return k, n


def _groups(given: object) -> Groups:
    if not isinstance(given, list) or len(given) > MOST_GROUPS:
        raise _unknown()
    return tuple(dict.fromkeys(_key(each) for each in given))


def _key(given: object) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_KEY:
        raise _unknown()
    return given


def _unknown() -> UnusableClaim:
    return UnusableClaim(sentence("This is no claim that can be read here. Put it together again."))
