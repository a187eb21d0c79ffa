"""Quotes as readers meet them: the words, the segments, the codes. No expert, no session, no place in it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.publishing.gate import ReleasedQuote

Hidden = frozenset[tuple[str, str, str]]
"""Cells that are not published, as (segmentation, segment, code)."""


def published_quotes(
    frames: Frames, segmentations: Segmentation | Sequence[Segmentation], quotes: Sequence[ReleasedQuote], *,
    fewest: int = 1, hidden: Hidden = frozenset(),
) -> list[dict[str, Any]]:  # fmt: skip
    """Quotes by their own number: number, text, language, kind, own_words (worded by the expert), segment ("" outside
    all), segments (one by segmentation), codes, under.

    `codes` are those applied, in the codebook's order; `under` adds every code above them. The number is made of
    the words alone: it stays in every later version, and the order it gives tells nothing of who spoke after whom.
    Segments of a further segmentation are told only where no fewer than `fewest` experts share them together with
    those told before. A code that would betray a hidden cell is not told, and a quote without any other is left out.
    """
    return numbered_quotes(frames, segmentations, quotes, fewest=fewest, hidden=hidden)[0]


def numbered_quotes(
    frames: Frames, segmentations: Segmentation | Sequence[Segmentation], quotes: Sequence[ReleasedQuote], *,
    fewest: int = 1, hidden: Hidden = frozenset(),
) -> tuple[list[dict[str, Any]], dict[str, str]]:  # fmt: skip
    """The same, and the number of each statement."""
    listed = (segmentations,) if isinstance(segmentations, Segmentation) else tuple(segmentations)
    homes = _homes(frames, listed, fewest)
    language = frames.statements.set_index("statement_id")["language"]
    place = {code_id: n for n, code_id in enumerate(frames.codes.sort_values("order", kind="stable")["code_id"])}
    above = dict(zip(frames.codes["code_id"], frames.codes["parent_id"], strict=True))
    found = []
    for quote in quotes:
        codes = sorted((code for code in set(quote.codes) if code in place), key=place.__getitem__)
        told = {each.key: homes[each.key][quote.expert_id] for each in listed}
        spoken = [code for code in codes if not _betrays(_with_ancestors([code], above), told, hidden)]
        if codes and not spoken:
            continue
        codes, under = spoken, _with_ancestors(spoken, above)
        found.append(
            {"number": _number(quote.text), "text": quote.text, "language": str(language[quote.statement_id]),
             "kind": quote.kind, "own_words": quote.own_words, "segment": next(iter(told.values()), ""),
             "segments": told, "codes": codes, "under": sorted(under, key=place.__getitem__), "of": quote.statement_id}
        )  # fmt: skip
    found.sort(key=lambda quote: (quote["number"], quote["segment"], quote["codes"]))
    numbered = _numbered_apart(found)
    return numbered, {quote.pop("of"): quote["number"] for quote in numbered}


def quotes_per_cell(quotes: Sequence[dict[str, Any]]) -> dict[tuple[str, str, str], int]:
    """How many quotes stand behind a count: by segmentation, segment (`ALL` too) and code.

    Counts rest on what was said in sessions, so quotes from chats and written answers are behind none.
    """
    found: dict[tuple[str, str, str], int] = {}
    for quote in quotes:
        if quote["kind"] != "session":
            continue
        for code in quote["under"]:
            for segmentation, segment in quote["segments"].items():
                for each in {segment, ALL} - {""}:
                    found[segmentation, each, code] = found.get((segmentation, each, code), 0) + 1
    return found


def _homes(frames: Frames, segmentations: Sequence[Segmentation], fewest: int) -> dict[str, dict[str, str]]:
    """The segment of each expert that may be told, by segmentation.

    A further one is told within a set of experts, whom those before leave together, only if it parts them into sets
    that are large enough, every one: otherwise those of whom nothing is told would be the few.
    """
    told: dict[str, dict[str, str]] = {}
    experts = [str(expert) for expert in frames.experts["expert_id"]]
    together: dict[str, tuple[str, ...]] = dict.fromkeys(experts, ())
    for each in segmentations:
        home = segment_of(frames.experts, each).to_dict()
        parts: dict[tuple[str, ...], dict[str, int]] = {}
        for expert in experts:
            sizes = parts.setdefault(together[expert], {})
            sizes[home[expert]] = sizes.get(home[expert], 0) + 1
        told[each.key] = {
            expert: home[expert] if not told or min(parts[together[expert]].values()) >= fewest else ""
            for expert in experts
        }
        together = {expert: (*together[expert], told[each.key][expert]) for expert in experts}
    return told


def _betrays(codes: set[str], told: Mapping[str, str], hidden: Hidden) -> bool:
    """Whether these codes beside these segments would say that a hidden number is not zero."""
    return any(
        (key, each, code) in hidden for key, segment in told.items() for each in (segment, ALL) for code in codes
    )


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


def _with_ancestors(codes: Sequence[str], above: Mapping[str, str]) -> set[str]:
    found = set[str]()
    for code in codes:
        while code in above and code not in found:
            found.add(code)
            code = above[code]
    return found
