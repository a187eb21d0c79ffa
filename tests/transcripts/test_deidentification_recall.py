"""How much is found in talks with gold spans, against the aims; skipped where the corpus is not here."""

import pytest

from tests.bench.deidentification import SPANS, measure
from transcripts.name_recogniser import recogniser

pytestmark = [
    pytest.mark.skipif(not SPANS.exists(), reason="the corpus is not here"),
    pytest.mark.slow,
]


@pytest.mark.parametrize("lower", [False, True], ids=["as written", "in small letters"])
@pytest.mark.parametrize("recognise", [False, True], ids=["alone", "with Natasha"])
def test_nearly_everybody_is_found(lower, recognise):
    if recognise and recogniser("ru") is None:
        pytest.skip("Natasha is not installed")
    recall = measure(lower=lower, recognise=recognise)
    assert recall.all["PERSON"] == 437
    assert recall.of("PERSON") >= 0.99
    assert recall.of() >= 0.90
    assert recall.of("EMAIL", "PHONE", "DATE", "ID") == 1
    assert recall.places / recall.words < 0.02


def test_most_people_are_found_by_the_dictionary_alone():
    assert measure(recognise=False, roster=False).of("PERSON") >= 0.95
