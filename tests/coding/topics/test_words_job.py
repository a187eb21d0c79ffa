"""Jobs about words alone."""

import json

from coding.topics.words_job import frequent, moderators


def silent(_share, _message):
    pass


def test_words_of_two_experts_are_counted_by_experts_first():
    said = [("A", "The register is slow."), ("A", "A register again, and a portal."), ("B", "Registers and portals!"),
            ("C", "Tablets, tablets, tablets."), ("", "A tablet."), ("A", "the the the")]  # fmt: skip
    found = frequent({"statements": [{"text": text, "expert": expert} for expert, text in said]}, silent)
    assert found == [
        {"form": "register", "experts": 2, "statements": 3}, {"form": "portal", "experts": 2, "statements": 2},
    ] or [row["experts"] for row in found] == [2, 2]  # fmt: skip
    assert len(found) == 2
    assert json.loads(json.dumps(found)) == found


def test_one_statement_and_none_give_no_words():
    assert frequent({"statements": [{"text": "The register is slow.", "expert": "A"}]}, silent) == []
    assert frequent({"statements": []}, silent) == []


def test_words_of_the_moderator_are_proposed_without_names():
    questions = [
        "Next block, Vera: registers.",
        "Next block, Vera.",
        "Next block, Vera, please.",
        "The last block, Vera.",
    ]
    answers = ["Registers are slow, portals are empty, and residents complain."] * 20
    found = moderators(
        {"moderator": questions, "experts": answers, "words": {"people": ["Vera"], "phrases": 1}}, silent
    )
    assert found == [{"form": "block", "moderator": 4, "experts": 0}]
