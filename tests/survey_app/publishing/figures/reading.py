"""A drawing read back: its words, its marks, and how long its bars are."""

from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def read(drawing):
    """The drawing as a tree; it must be well-formed as it stands in the page."""
    return ElementTree.fromstring(str(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def words(drawing):
    """Every line of text, as it is drawn."""
    return [each.text for each in read(drawing).iter(f"{SVG}text")]


def marks(drawing):
    """What the marks lead to: (code, segment), the segment "" where the whole figure is about one."""
    found = []
    for row in read(drawing).iter(f"{SVG}g"):
        if row.get("class") == "m" and "data-code" in row.attrib:
            found.append((row.get("data-code"), ""))
        if row.get("class") == "row":
            found += [
                (row.get("data-code"), each.get("data-segment")) for each in row.iter(f"{SVG}g") if each is not row
            ]
    return found


def boxes(drawing, look):
    """Widths of the rectangles of a look."""
    return [float(each.get("width")) for each in read(drawing).iter(f"{SVG}rect") if look in each.get("class").split()]


def right_edge(drawing):
    """How far to the right anything is drawn, words measured as the room measures them."""
    return max(float(each.get("x")) + float(each.get("width")) for each in read(drawing).iter(f"{SVG}rect"))
