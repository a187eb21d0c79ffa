"""A saved web page (.html): blocks as paragraphs, tables as grids; scripts and styles are no words."""

import time
import unicodedata
from html.parser import HTMLParser

from transcripts.containers import Block, Grid, Opened, Paragraph, as_text
from transcripts.decoding import UnreadableTranscript, decode
from transcripts.limits import LONGEST_READING_S
from transcripts.messages import sentence

_AT_ONCE = 200_000
"""Code points that are parsed before a look at the clock."""
_SILENT = {"script", "style", "head", "noscript", "template", "svg", "nav"}
_ENDS = {
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer",
    "blockquote", "pre", "dd", "dt", "hr", "table", "tr", "form", "main", "figure",
}  # fmt: skip


def fits(content: bytes, name: str) -> bool:
    """By the name: a page that calls itself a transcript was saved by mistake, and is refused as one."""
    del content
    return name.lower().endswith((".html", ".htm"))


def unpack(name: str, content: bytes) -> Opened:
    """The words of a page. Raises UnreadableTranscript."""
    text, notices, encoding = decode(name, content)
    page = _Page()
    until = time.monotonic() + LONGEST_READING_S
    for start in range(0, len(text), _AT_ONCE):
        page.feed(text[start : start + _AT_ONCE])
        if time.monotonic() > until:
            raise UnreadableTranscript(
                sentence("{file} takes too long to read. Save it as .txt, or cut it into parts.", file=name)
            )
    page.close()
    page.end()
    blocks = tuple(page.blocks)
    if not any(isinstance(block, Grid) or block.text for block in blocks):
        raise UnreadableTranscript(sentence("{file} has no words in it. Check that it is the right file.", file=name))
    return Opened(name, "html", as_text(blocks), blocks, tuple(notices), encoding)


class _Page(HTMLParser):
    """Collects blocks. Unclosed tags are the rule, not an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._silent = 0
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent += 1
        if tag in {"td", "th"} and self._rows:
            self._rows[-1].append("")
            self._words = []
            return
        if tag in _ENDS:
            self.end()
        if tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in {"td", "th"}:
            self._cell()
        elif tag == "table" and self._rows is not None:
            rows, self._rows = self._rows, None
            self.blocks.append(Grid(tuple(tuple(row) for row in rows if row)))
            self._words = []
        elif tag in _ENDS:
            self.end()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def end(self) -> None:
        """Close the paragraph that is open."""
        if self._rows is not None and self._rows and self._rows[-1]:
            self._words.append(" ")
            return
        text = unicodedata.normalize("NFC", " ".join("".join(self._words).split()))
        self._words = []
        if text:
            self.blocks.append(Paragraph(text))

    def _cell(self) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] = unicodedata.normalize("NFC", " ".join("".join(self._words).split()))
        self._words = []
