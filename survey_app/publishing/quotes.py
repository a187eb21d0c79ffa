"""Quotes as readers meet them: the words, the segment, the codes. No expert, no session, no place in it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from coding.frames import Frames
from coding.segments import Segmentation, segment_of
from survey_app.publishing.gate import ReleasedQuote


def published_quotes(frames: Frames, merged: Segmentation, quotes: Sequence[ReleasedQuote]) -> list[dict[str, Any]]:
    """Quotes by their own number: number, text, language, kind, segment ("" outside all), codes, under.

    `codes` are those applied, in the codebook's order; `under` adds every code above them. The number is made of
    the words alone: it stays in every later version, and the order it gives tells nothing of who spoke after whom.
    """
    home = segment_of(frames.experts, merged)
    language = frames.statements.set_index("statement_id")["language"]
    place = {code_id: n for n, code_id in enumerate(frames.codes.sort_values("order", kind="stable")["code_id"])}
    above = dict(zip(frames.codes["code_id"], frames.codes["parent_id"], strict=True))
    found = []
    for quote in quotes:
        codes = sorted((code for code in set(quote.codes) if code in place), key=place.__getitem__)
        found.append(
            {"number": _number(quote.text), "text": quote.text, "language": str(language[quote.statement_id]),
             "kind": quote.kind, "segment": str(home[quote.expert_id]), "codes": codes,
             "under": sorted(_with_ancestors(codes, above), key=place.__getitem__)}
        )  # fmt: skip
    found.sort(key=lambda quote: (quote["number"], quote["segment"], quote["codes"]))
    return _numbered_apart(found)


def quotes_per_cell(quotes: Sequence[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """How many quotes stand behind a count: by (code, segment), and by (code, "") for all segments.

    Counts rest on what was said in sessions, so quotes from chats and written answers are behind none.
    """
    found: dict[tuple[str, str], int] = {}
    for quote in quotes:
        if quote["kind"] != "session":
            continue
        for code in quote["under"]:
            for segment in {"", quote["segment"]}:
                found[code, segment] = found.get((code, segment), 0) + 1
    return found


def _number(text: str) -> str:
    return "q" + sha256(text.encode()).hexdigest()[:8]


def _numbered_apart(quotes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Equal words said twice get numbers of their own."""
    seen: dict[str, int] = {}
    for quote in quotes:
        number = quote["number"]
        seen[number] = seen.get(number, 0) + 1
        if seen[number] > 1:
            quote["number"] = f"{number}-{seen[number]}"
    return quotes


def _with_ancestors(codes: Sequence[str], above: dict[str, str]) -> set[str]:
    found = set[str]()
    for code in codes:
        while code in above and code not in found:
            found.add(code)
            code = above[code]
    return found
