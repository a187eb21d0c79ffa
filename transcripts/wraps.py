"""Lines become paragraphs: hard wraps joined again, broken words mended, running heads and page numbers left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|стр\.|страница|с\.)\s*)?\d{1,4}(?:\s*(?:of|/|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)](?=\s)|\d{1,3}(?:\.\d{1,3})+\s|[a-zа-яё]\)\s|\([a-zа-яё\d]{1,3}\)\s|[IVXLC]{1,6}\.\s|[•●▪*–—-]\s"
    r"|(?:article|section|chapter|annex|part|статья|раздел|глава|приложение|пункт)\s\d)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;:!?…]['\"”’»)]*$")
_BREAK = re.compile(r"([^\W\d_]+)[-\u00ad\u2010¬]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = {"то", "либо", "нибудь", "таки", "ка", "based", "level", "wide", "oriented", "up"}
_HYPHENATING = {"кое", "по", "во", "из", "e", "non", "co", "self", "well", "pre", "интернет", "онлайн", "веб", "it"}
_SHORT_WORDS = {
    "в", "во", "к", "ко", "с", "со", "у", "о", "об", "и", "а", "но", "на", "по", "за", "до", "от", "из", "не", "ни",
    "же", "бы", "ли", "то", "для", "при", "над", "под", "без", "или", "как", "что", "их", "его", "её", "ее", "мы",
    "вы", "он", "она", "оно", "они", "я", "это", "эти", "где", "так", "уже", "ещё", "еще", "все", "всё", "чем", "кто",
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "is", "it", "as", "or", "and", "for", "but", "not", "be",
    "no", "so", "if", "we", "he", "she", "its", "are", "was", "has", "had", "may", "any", "all", "who", "new", "per",
}  # fmt: skip
_TAIL = 80
"""Code points of a line's end that tell whether it goes on."""
_LONG_LINE = 160
"""Code points of a line that no page has: where lines are that long, a line is a paragraph."""


@dataclass(frozen=True, slots=True)
class Rejoined:
    """Paragraphs in order; how many running heads and page numbers were left out, how many broken words mended."""

    paragraphs: tuple[str, ...]
    left_out: int = 0
    mended: int = 0


def rejoin(lines: Sequence[str], *, paged: bool) -> Rejoined:
    """Paragraphs from the lines of a plain text, an empty line between them or not. `paged`: it comes in pages."""
    kept, left_out = _without_heads(lines) if paged else (list(lines), 0)
    known = Counter(word.lower() for line in kept for word in _WORD.findall(line))
    width = _width(kept)
    paragraphs: list[list[str]] = []
    mended = 0
    before = ""
    for raw in kept:
        line = " ".join(raw.split())
        if not line:
            before = "" if not paged or _ENDS.search(before[-_TAIL:]) else before
            continue
        if before and paragraphs and _goes_on(before, line, raw, width):
            between, broken = _joint(before, line, known)
            if broken:
                paragraphs[-1][-1] = paragraphs[-1][-1][:-1]
            paragraphs[-1] += [between, line] if between else [line]
            mended += broken
        else:
            paragraphs.append([line])
        before = line
    whole = []
    for pieces in paragraphs:
        text, broken = _mend_within("".join(pieces), known)
        whole.append(text)
        mended += broken
    return Rejoined(tuple(whole), left_out, mended)


def _width(lines: Sequence[str]) -> int:
    """The usual length of a full line; 0 where lines are paragraphs."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 3 or lengths[int(0.9 * len(lengths))] > _LONG_LINE:
        return 0
    return lengths[int(0.9 * (len(lengths) - 1))]


def _goes_on(before: str, line: str, raw: str, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if _CLAUSE.match(line):
        return False
    if line[0].islower() or _BREAK.search(before[-_TAIL:]):
        return True
    shouted, shouts = before.isupper(), line.isupper()
    if shouted != shouts or not width or raw.startswith(("\t", "  ")):
        return False
    return len(before) >= 0.7 * width and not (_ENDS.search(before[-_TAIL:]) and len(before) < 0.9 * width)


def _joint(before: str, line: str, known: Counter[str]) -> tuple[str, int]:
    """What comes between two lines of a paragraph, and 1 where a word was broken there (its sign goes then)."""
    found = _BREAK.search(before[-_TAIL:])
    first = _WORD.match(line)
    if found is None or first is None:
        return " ", 0
    head, tail = found[1], first.group()
    if before.endswith(("\xad", "¬")):
        return "", 1
    with_hyphen = f"{head}-{tail}".lower()
    if known[with_hyphen] or tail[0].isupper():
        return "-", 1
    joined = known[f"{head}{tail}".lower()] > 0
    keep = not joined and (tail.lower() in _HYPHENATED or head.lower() in _HYPHENATING)
    return ("-" if keep else ""), 1


def _mend_within(text: str, known: Counter[str]) -> tuple[str, int]:
    """Words that a justified line has torn apart (“м униципального”), where the whole word stands elsewhere."""
    mended = 0
    words = text.split(" ")
    kept: list[str] = []
    for word in words:
        before = kept[-1].lower() if kept else ""
        torn = 0 < len(before) <= 3 and before.isalpha() and before not in _SHORT_WORDS and known[before] <= 2
        tail = _WORD.match(word)
        if torn and tail and known[before + tail.group().lower()] and known[tail.group().lower()] <= 1:
            kept[-1] += word
            mended += 1
        else:
            kept.append(word)
    return (" ".join(kept), mended) if mended else (text, 0)


def _without_heads(lines: Sequence[str]) -> tuple[list[str], int]:
    """Lines without page numbers and without what comes back on page after page."""
    alike = Counter(_head(line) for line in lines if line.strip())
    kept, left_out = [], 0
    seen: set[str] = set()
    for line in lines:
        head = _head(line)
        repeated = alike[head] >= 3 and len(head) <= 100 and not _ENDS.search(line.rstrip()[-_TAIL:])
        if line.strip() and (_PAGE_NUMBER.fullmatch(line.strip()) or (repeated and head in seen)):
            left_out += 1
        elif repeated:
            seen.add(head)  # the first may be the title itself
            kept.append(line)
        else:
            kept.append(line)
    return kept, left_out


def _head(line: str) -> str:
    """A line as it would be on another page."""
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())
