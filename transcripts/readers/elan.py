"""ELAN's .eaf: annotations on tiers, one tier a speaker. (pympi reads only files on disk, by name.)"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from transcripts.containers import Opened
from transcripts.labels import clean_name
from transcripts.model import Unit
from transcripts.readers import Reading
from transcripts.zipped import tree


def sniff(opened: Opened) -> float:
    """Certain by its root."""
    return 0.99 if "<ANNOTATION_DOCUMENT" in opened.text[:3000] else 0.0


def read(opened: Opened) -> Reading:
    """One unit an annotation that has times, in the order of time; the speaker is the tier's participant or name.

    Raises UnreadableTranscript.
    """
    root = tree(opened.name, opened.text.encode())
    slots = {
        slot.get("TIME_SLOT_ID", ""): int(value) / 1000
        for slot in root.iter("TIME_SLOT")
        if (value := slot.get("TIME_VALUE", "")).isdecimal()
    }
    units = [unit for tier in root.iter("TIER") for unit in _annotations(tier, slots)]
    units.sort(key=lambda unit: (unit.start_s if unit.start_s is not None else float("inf"), unit.end_s or 0))
    return Reading(tuple(units), "elan_eaf", "offset")


def _annotations(tier: Element, slots: dict[str, float]) -> Iterator[Unit]:
    speaker = clean_name(tier.get("PARTICIPANT") or tier.get("TIER_ID") or "")
    for each in tier.iter("ALIGNABLE_ANNOTATION"):
        begin, end = (slots.get(each.get(f"TIME_SLOT_REF{number}", "")) for number in (1, 2))
        yield Unit(" ".join((each.findtext("ANNOTATION_VALUE") or "").split()), speaker, begin, end)
