"""Word's .docx: paragraphs and tables in the order of the body, tracked insertions in, deletions out."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from transcripts.containers import Block, Grid, Opened, Paragraph, as_text, cell_text, tables_told
from transcripts.messages import Message, counted
from transcripts.zipped import check_zip, damaged, names_of, part, tree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELETED = {f"{_W}del", f"{_W}moveFrom"}
_BREAKS = {f"{_W}br", f"{_W}cr"}


def fits(content: bytes, name: str) -> bool:
    """By the parts inside, or by the name of a zip file."""
    if not content.startswith(b"PK"):
        return False
    return "word/document.xml" in names_of(content) or name.lower().endswith(".docx")


def unpack(name: str, content: bytes) -> Opened:
    """Read the main part. (python-docx leaves out tracked insertions, and opens every part of the file to do so.)

    Raises UnreadableTranscript.
    """
    check_zip(name, content)
    body = tree(name, part(name, content, "word/document.xml") or b"<nothing/>").find(f"{_W}body")
    if body is None:
        raise damaged(name)
    seen = Counter[str]()
    blocks = tuple(_blocks(body, seen))
    seen["comments"] = _count(name, content, "word/comments.xml", "comment")
    seen["footnotes"] = max(0, _count(name, content, "word/footnotes.xml", "footnote") - 2)
    return Opened(name, "docx", as_text(blocks), blocks, tuple(_told(seen)))


def _blocks(body: Element, seen: Counter[str]) -> list[Block]:
    found: list[Block] = []
    for element in body:
        if element.tag == f"{_W}p":
            found.append(_paragraph(element, seen))
        elif element.tag == f"{_W}tbl":
            seen["tables"] += 1
            found.append(_grid(element, seen))
        elif element.tag not in _DELETED:
            found += _blocks(element, seen)
    return found


def _grid(table: Element, seen: Counter[str]) -> Grid:
    rows = []
    for row in _rows(table):
        cells = []
        for cell in row.findall(f"{_W}tc"):
            inner = _blocks(cell, seen)
            cells.append(cell_text(inner))
        rows.append(tuple(cells))
    return Grid(tuple(rows))


def _rows(table: Element) -> Iterator[Element]:
    """The rows of this table alone, not those of tables in its cells."""
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag not in _DELETED:
            yield from _rows(child)


def _paragraph(element: Element, seen: Counter[str]) -> Paragraph:
    words: list[str] = []
    _runs(element, words, seen)
    return Paragraph("".join(words))


def _runs(element: Element, words: list[str], seen: Counter[str]) -> None:
    """Collect what is said, in order."""
    for child in element:
        if child.tag in _DELETED:
            seen["changes"] += 1
            continue
        if child.tag in {f"{_W}ins", f"{_W}moveTo"}:
            seen["changes"] += 1
        if child.tag == f"{_W}r":
            words += [_letters(piece) for piece in child]
            boxes = list(child.iter(f"{_W}txbxContent"))
            for box in boxes[:1]:
                words.extend(f" {as_text((inner,))}" for inner in _blocks(box, seen))
        elif child.tag != f"{_W}pPr":
            _runs(child, words, seen)


def _letters(piece: Element) -> str:
    if piece.tag == f"{_W}t":
        return piece.text or ""
    if piece.tag == f"{_W}tab":
        return "\t"
    if piece.tag in _BREAKS:
        return "\n"
    return {f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}.get(piece.tag, "")


def _count(name: str, content: bytes, wanted: str, tag: str) -> int:
    xml = part(name, content, wanted)
    return len(tree(name, xml).findall(f"{_W}{tag}")) if xml else 0


def _told(seen: Counter[str]) -> list[Message]:
    told = list(tables_told(seen["tables"]))
    if seen["changes"]:
        told.append(
            counted(
                "The file has {count} tracked change; insertions were taken, deletions were not.",
                "The file has {count} tracked changes; insertions were taken, deletions were not.",
                seen["changes"],
            )
        )
    notes = seen["comments"] + seen["footnotes"]
    if notes:
        told.append(
            counted("{count} comment or footnote was left out.", "{count} comments and footnotes were left out.", notes)
        )
    return told
