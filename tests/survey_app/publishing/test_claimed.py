"""What findings count is judged as segments are: nobody alone, nothing hidden given away, now or in a later version."""

import pytest

from coding.claims import AtLeast, FirstAmong, MoreIn, MoreNamed
from coding.segments import Segment, Segmentation
from survey_app.language import translate
from survey_app.publishing.cells import Rule, published_cells
from survey_app.publishing.claimed import Beside, claim_fits, claims_betray, counted_by, kept_with_claims
from survey_app.publishing.standing import FINDINGS, as_version, kept_of, told_beside
from tests.survey_app.publishing.small_study import experts, frames, open_cells

SAID = {"layer": "adjudicated", "coder_id": None}


def merged(key, *segments):
    return Segmentation(key, key, key, tuple(Segment(name, name, name, tuple(name)) for name in segments))


WHOLE, PAIR, THREE = merged("whole", "ab", "c"), merged("pair", "a", "bc"), merged("three", "a", "b", "c")


def study(sizes=(3, 3, 3)):
    return frames(experts(sizes=sizes))


def betrayed(of, claims, segmentations, versions=(), cells=None, **rule):
    shown = open_cells(of, segmentations) if cells is None else cells
    told = counted_by(of, dict(enumerate(([each] for each in claims), 1)))
    found = claims_betray(told, Beside(of, segmentations, shown, versions, Rule(**rule), **SAID))
    return [translate(each) for each in found]


def test_claims_of_published_segments_and_sums_of_them_tell_nothing_new():
    claims = [
        AtLeast("prob.late", 1, 3), MoreIn("prob.late", ("a", "b"), ("c",)), MoreIn("enab.phone", ("a", "b")),
        MoreNamed("prob.late", "prob.rude", ("c",)), FirstAmong("prob.late", "prob", ("a", "b", "c")),
    ]  # fmt: skip
    assert betrayed(study(), claims, [THREE]) == []


@pytest.mark.parametrize(
    ("claim", "sizes"),
    [(AtLeast("prob.late", 1, 2, ("c",)), (3, 3, 2)), (MoreIn("prob.late", ("a", "b")), (3, 3, 2)),
     (AtLeast("prob.late", 1, 2, ("a", "c")), (3, 2, 3))],
)  # fmt: skip
def test_few_experts_whom_a_claim_leaves_alone_are_named(claim, sizes):
    (reason,) = betrayed(study(sizes), [claim], [merged("all", "abc")])
    assert "sees 2 experts alone (Group " in reason
    assert "in finding 1" in reason


def test_all_of_some_who_are_no_segment_are_told_of_by_nobody():
    of = study()
    assert betrayed(of, [AtLeast("prob", 1, 1, ("a",))], [PAIR]) == []  # released by hand
    assert "of Group a, who are no published segment" in betrayed(of, [AtLeast("prob", 1, 1, ("a",))], [WHOLE])[0]
    claim = AtLeast("prob.rude", 1, 3, ("a",))
    assert betrayed(of, [claim], [WHOLE]) == []
    assert "finding 1" in betrayed(of, [claim], [WHOLE], strict=True)[0].lower()


def test_a_hidden_number_that_follows_from_a_claim_is_told_by_the_finding_that_gives_it_away():
    of = study()
    cells = published_cells(of, [THREE], **SAID, rule=Rule(strict=True))
    row = cells[(cells["code_id"] == "prob.late") & (cells["segment"] == "b")]
    assert not row["shown"].any()
    harmless, giving = AtLeast("prob.late", 1, 9), AtLeast("prob.late", 1, 6, ("b", "c"))
    found = betrayed(of, [harmless, giving], [THREE], cells=cells)
    assert [each[:25] for each in found] == ["Finding 2 gives away numb"]


def test_what_findings_counted_stays_with_the_version_and_hides_nothing_by_silence():
    of = study()
    cells = open_cells(of, [THREE])
    told = counted_by(of, {1: [AtLeast("prob.late", 1, 2, ("a", "b", "c")), AtLeast("prob.late", 1, 2, ("a", "b"))]})
    kept = kept_with_claims(kept_of(of, [THREE], cells, []), told)
    before = as_version("ferries", 1, kept)
    assert sorted(map(len, kept["experts"][FINDINGS].values())) == [6, 9]
    assert told_beside(of, [THREE], cells, [before], **SAID) == []
    assert kept_with_claims(kept, []) == kept


def test_a_claim_of_what_is_gone_does_not_fit():
    of = study((3, 3))
    assert claim_fits(of, MoreIn("prob.late", ("a",), ("b",)))
    assert not claim_fits(of, AtLeast("prob.late", 1, 2, ("c",)))
    assert not claim_fits(of, MoreIn("prob.late", ("a",), ("c",)))
    assert not claim_fits(of, MoreNamed("prob.late", "prob.gone"))
