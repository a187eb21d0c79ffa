"""OpenDocument text (.odt): paragraphs and tables of the body; what was struck out as a tracked change is left out."""

from xml.etree.ElementTree import Element

from transcripts.containers import Block, Grid, Opened, Paragraph, as_text, cell_text, tables_told
from transcripts.zipped import check_zip, damaged, locked, names_of, part, tree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LEFT_OUT = {f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}table-of-content"}
_MOST_SPACES = 200


def fits(content: bytes, name: str) -> bool:
    """By the type that the format puts first, or by the name of a zip file."""
    if not content.startswith(b"PK"):
        return False
    return b"application/vnd.oasis.opendocument.text" in content[:200] or (
        name.lower().endswith(".odt") and "content.xml" in names_of(content)
    )


def unpack(name: str, content: bytes) -> Opened:
    """Read content.xml. Raises UnreadableTranscript."""
    check_zip(name, content)
    if b"encryption-data" in part(name, content, "META-INF/manifest.xml"):
        raise locked(name)
    root = tree(name, part(name, content, "content.xml") or b"<nothing/>")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise damaged(name)
    blocks = tuple(_blocks(body))
    tables = sum(isinstance(block, Grid) for block in blocks)
    return Opened(name, "odt", as_text(blocks), blocks, tables_told(tables))


def _blocks(element: Element) -> list[Block]:
    found: list[Block] = []
    for child in element:
        if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            found.append(Paragraph(_words(child)))
        elif child.tag == f"{_TABLE}table":
            rows = [
                tuple(cell_text(_blocks(cell)) for cell in row.findall(f"{_TABLE}table-cell"))
                for row in child.iter(f"{_TABLE}table-row")
            ]
            found.append(Grid(tuple(rows)))
        elif child.tag not in _LEFT_OUT:
            found += _blocks(child)
    return found


def _words(element: Element) -> str:
    words = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            words.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        elif child.tag == f"{_TEXT}tab":
            words.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            words.append("\n")
        elif child.tag not in _LEFT_OUT:
            words.append(_words(child))
        words.append(child.tail or "")
    return "".join(words)
