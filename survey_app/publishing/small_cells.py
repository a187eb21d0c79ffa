"""Quotes behind cells of one or two experts: which these are, and what a motivated reader could infer of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coding.counts import code_counts, lineage
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.language import _, label
from survey_app.publishing.methods import date_in_words
from transcripts.messages import Message, counted, sentence

FEW = 2
"""In a cell of so many experts a quote is close to a name."""
_TELLING = (
    r"\b(?:we|us) (?:here )?(?:in|at)\b",
    r"\b(?:our|my) (?:own )?(?:ministry|department|region|city|town|village|district|municipality|agency|cent(?:re|er)"
    r"|company|bank|university|institute|office|settlement|republic)\w*",
    r"\bas (?:a|an|the) (?:mayor|minister|head|director|governor|deputy|rector|professor)\b",
    r"\bу нас (?:в|во|на)\b", r"\bмы (?:в|во|на)\b",
    r"\b(?:наш|мо)\w{0,3} (?:министерств|департамент|регион|област|город|район|кра|посёл|сел|муниципал|ведомств|центр"
    r"|компани|банк|университет|институт|республик)\w*",
    r"\bя,? как\b(?! и\b)", r"\bкак (?:мэр|министр|глава|директор|губернатор|депутат|ректор|профессор)\b",
)  # fmt: skip
_POINTS_AT_SPEAKER = re.compile("|".join(_TELLING), re.IGNORECASE)


Seen = tuple[str, str, str, int, int]
"""A small cell as a person saw it: keys of its segmentation, its segment and its code, k and n."""


@dataclass(frozen=True, slots=True)
class SmallCell:
    """A cell with few experts that a quote stands behind."""

    segmentation: Segmentation
    segment: str
    code_id: str
    k: int
    n: int

    @property
    def as_seen(self) -> Seen:
        """What somebody knows of it who was shown it."""
        return self.segmentation.key, self.segment, self.code_id, self.k, self.n


class SmallCells:
    """Which quotes stand behind cells of one or two experts, in any of the segmentations to be published."""

    def __init__(
        self, frames: Frames, segmentations: Sequence[Segmentation], *, layer: str, coder_id: str | None
    ) -> None:
        above = lineage(frames.codes)
        self._above: dict[str, list[str]] = {}
        for code, ancestor in above.itertuples(index=False):
            self._above.setdefault(str(code), []).append(str(ancestor))
        self._tables = []
        for each in segmentations:
            counted_ = code_counts(frames, each, layer=layer, coder_id=coder_id)
            cells = {
                (str(segment), str(code)): (int(k), int(n))
                for segment, code, k, n in counted_[["segment", "code_id", "k", "n"]].itertuples(index=False)
            }
            self._tables.append((each, segment_of(frames.experts, each), cells))

    def behind(self, expert_id: str, codes: Sequence[str]) -> list[SmallCell]:
        """The small cells of a quote of this expert with these codes, and of the codes above them."""
        under = dict.fromkeys(above for code in codes for above in self._above.get(code, []))
        found = []
        for each, home, cells in self._tables:
            segment = str(home.get(expert_id, "")) or ALL
            for code in under:
                k, n = cells[segment, code]
                if k <= FEW:
                    found.append(SmallCell(each, segment, code, k, n))
        return found


def inferences(frames: Frames, small: Sequence[SmallCell], statement_id: str, expert_id: str) -> list[Message]:
    """What somebody who knows the field could conclude from a quote, each in a sentence."""
    if not small:
        return []
    said = frames.statements.set_index("statement_id").loc[statement_id]
    codes = {row["code_id"]: label(row) for row in frames.codes.to_dict("records")}
    found = [_number(each, codes) for each in _smallest_first(small)]
    for each in {cell.segmentation.key: cell for cell in small}.values():
        found += _of_the_roster(frames, each, str(said["source_id"]), expert_id)
    pointing = _POINTS_AT_SPEAKER.search(str(said["text"]))
    if pointing:
        found.append(sentence("The words “{words}” say where the speaker stands.", words=pointing.group()))
    return list({str(each): each for each in found}.values())


def _number(cell: SmallCell, codes: dict[str, str]) -> Message:
    return counted(
        "“{code}”: {count} of the {n} experts of “{segment}” says this, so the quote is theirs alone.",
        "“{code}”: {count} of the {n} experts of “{segment}” say this, so the quote is of one of them.",
        max(cell.k, 1), code=codes.get(cell.code_id, cell.code_id), n=cell.n, segment=_segment_name(cell),
    )  # fmt: skip


def _of_the_roster(frames: Frames, cell: SmallCell, source_id: str, expert_id: str) -> list[Message]:
    """A session or a region that nobody else of the segment has."""
    home = segment_of(frames.experts, cell.segmentation)
    others = set(home.index[home == home[expert_id]]) - {expert_id}
    found = []
    spoke = frames.statements[frames.statements["source_id"] == source_id]["expert_id"]
    source = frames.sources[frames.sources["source_id"] == source_id]
    date = str(source["date"].iloc[0]) if len(source) else ""
    if not others & set(spoke):
        found.append(
            sentence(
                "In the session of {date} nobody else of “{segment}” spoke.",
                date=date_in_words(date) if date else _("an unknown day"), segment=_segment_name(cell),
            )
        )  # fmt: skip
    region = frames.experts.set_index("expert_id")["region"]
    if region[expert_id] and not any(region[other] == region[expert_id] for other in others):
        found.append(
            sentence(
                "Nobody else of “{segment}” is from the region “{region}”.",
                segment=_segment_name(cell), region=region[expert_id],
            )
        )  # fmt: skip
    return found


def _segment_name(cell: SmallCell) -> str:
    found = {segment.key: label(segment) for segment in cell.segmentation.segments}
    return found.get(cell.segment) or _("all experts")


def _smallest_first(small: Sequence[SmallCell]) -> list[SmallCell]:
    """The cells that say most: of each code once, the smallest."""
    best: dict[str, SmallCell] = {}
    for cell in small:
        if cell.code_id not in best or (cell.k, cell.n) < (best[cell.code_id].k, best[cell.code_id].n):
            best[cell.code_id] = cell
    return sorted(best.values(), key=lambda cell: (cell.k, cell.n))
