"""Two versions of a turn as one line of Markdown: what went is struck through, what came stands out."""

from survey_app.components.plain import plain
from transcripts.edits import edits_between


def word_difference(before: str, after: str) -> str:
    """Never by colour alone: words that went are struck through, new ones are bold."""
    pieces: list[str] = []
    at = 0
    for start, end, new in _whole_words(before, after):
        pieces += [plain(before[at:start]), _gone(before[start:end]), _come(new)]
        at = end
    pieces.append(plain(before[at:]))
    return " ".join(piece for piece in pieces if piece)


def _whole_words(before: str, after: str) -> list[tuple[int, int, str]]:
    """Edits widened to whole words, joined where they touch: (start, end, new words)."""
    found: list[list[int]] = []
    shift = 0
    for edit in edits_between(before, after):
        start, end = _widened(before, edit.start, edit.end)
        new_start = edit.start + shift - (edit.start - start)
        new_end = edit.start + shift + edit.length + (end - edit.end)
        shift += edit.length - len(edit.old)
        if found and start <= found[-1][1]:
            found[-1][1], found[-1][3] = max(end, found[-1][1]), max(new_end, found[-1][3])
        else:
            found.append([start, end, new_start, new_end])
    return [(a, b, after[c:d]) for a, b, c, d in found]


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _gone(words: str) -> str:
    return f":gray[~~{plain(words)}~~]" if words.strip() else ""


def _come(words: str) -> str:
    return f":blue-background[**{plain(words)}**]" if words.strip() else ""
