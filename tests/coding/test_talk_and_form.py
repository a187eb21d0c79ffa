"""Talk beside form: the known answers of the demo (D12, D17, D18), and what counts as high and low."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from coding.declared import document_counts
from coding.item_values import item_values, segment_numbers
from coding.paired_answers import moves, steps
from coding.segments import by_groups
from coding.talk_and_form import beside, bounds, matters
from tests.coding.demo_study import EXPECTED, demo, table
from tests.survey_app.questionnaires.forms import demo_form, survey_of

FIVE = [{"value": float(point)} for point in range(1, 6)]


@pytest.fixture(scope="module", params=["en", "ru"])
def frames(request):
    survey = survey_of(demo_form(), language=request.param)
    return replace(demo(request.param), items=survey.items, answers=survey.answers)


def of(frames, code_id, **how):
    item_id = EXPECTED["talk_vs_form"].get(code_id, {}).get("item", f"t2.c1.{code_id.partition('.')[2]}")
    return beside(frames, [item_id], **how)[0]


def names(found, mask):
    return found.expert_ids[mask].tolist()


@pytest.mark.parametrize("code_id", list(EXPECTED["talk_vs_form"]))
def test_talk_and_form_of_the_demo(frames, code_id):
    known, found = EXPECTED["talk_vs_form"][code_id], of(frames, code_id)
    assert found.code_id == code_id
    assert found.rated.sum() == known["n"]
    assert found.correlation().rho == pytest.approx(known["spearman_rating_vs_mention"], abs=5e-5)
    assert found.mean(True) == pytest.approx(known["mean_if_mentioned"], abs=5e-5)
    assert found.mean(False) == pytest.approx(known["mean_if_not"], abs=5e-5)
    assert names(found, found.says_and_rates_low) == known["says_but_rates_low(<=2)"]
    assert names(found, found.silent_and_rates_high) == known["rates_high(>=4)_but_silent"]


def test_matters_are_what_is_rated_and_coded(frames):
    listed = matters(frames)["item_id"].tolist()
    assert listed[:4] == ["t1.c1.qol", "t1.c1.coord", "t1.c1.compet", "t1.c1.edem"]
    assert len(listed) == 4 + 9 + 4 + 4
    assert matters(replace(frames, answers=frames.answers.head(0))).empty
    assert matters(replace(frames, codes=frames.codes.head(0))).empty


def test_who_never_mentions_anything_is_silent(frames):
    silent = replace(frames, codings=frames.codings.head(0))
    found = of(silent, "prob.skills")
    assert not found.mentioned.any()
    assert found.correlation().rho is None
    assert found.mean(True) is None


def test_one_coder_alone_can_be_asked(frames):
    mine = {row["code"] for row in table("codings.csv") if row["coder"] == "C"}
    assert "prob.skills" in mine
    found = of(frames, "prob.skills", layer="coder", coder_id="C")
    assert 0 < found.mentioned.sum() < of(frames, "prob.skills").mentioned.sum()


def test_written_answers_are_counted_only_if_asked(frames):
    """A coding of an answer in the questionnaire makes a mention once answers are among the sources."""
    text = "We lack people who can do it"
    answer = frames.statements.head(1).assign(
        statement_id="answer", source_id="answer", source_kind="answer", start=0, end=len(text), text=text,
        expert_id="R3",
    )  # fmt: skip
    coding = frames.codings.head(1).assign(
        coding_id="new", source_id="answer", start=0, end=len(text), code_id="prob.skills", coder_id="A",
        layer="adjudicated",
    )  # fmt: skip
    more = replace(
        frames, statements=pd.concat([frames.statements, answer]), codings=pd.concat([frames.codings, coding])
    )
    assert names(of(more, "prob.skills"), of(more, "prob.skills").silent_and_rates_high) == ["R3"]
    found = of(more, "prob.skills", source_kinds=("session", "answer"))
    assert names(found, found.silent_and_rates_high) == []


@pytest.mark.parametrize(
    ("many", "known"), [(5, (2, 4)), (7, (2, 6)), (3, (1, 3)), (4, (1, 4)), (10, (4, 7)), (2, (1, 2))]
)
def test_low_and_high_are_the_outer_two_fifths(many, known):
    scale = [{"value": float(point)} for point in range(1, many + 1)]
    assert bounds(pd.Series({"scale": scale})) == known


def test_numbers_need_ends_to_be_high_or_low():
    assert bounds(pd.Series({"scale": []})) == (None, None)
    assert bounds(pd.Series({"scale": [], "lowest": 0.0, "highest": 100.0})) == (40, 60)
    assert bounds(pd.Series({"scale": FIVE})) == (2, 4)


def ladder(frames):
    given = item_values(frames, ["t3.c1", "t3.c2"])
    segmentation = by_groups(frames.groups)
    where = segment_numbers(frames.experts, segmentation)
    return given, steps(given.values[:, 0], given.values[:, 1], where, len(segmentation.keys))


def test_the_ladder_of_the_demo(frames):
    given, found = ladder(frames)
    known = EXPECTED["ladder"]
    assert found.first_mean[-1] == pytest.approx(known["today_mean"])
    assert found.second_mean[-1] == pytest.approx(known["in_three_years_mean"])
    difference = given.values[:, 1] - given.values[:, 0]
    assert found.n[-1] == 20
    assert [row[-1] for row in (found.up, found.down, found.same)] == [
        (difference > 0).sum(), (difference < 0).sum(), (difference == 0).sum(),
    ]  # fmt: skip
    assert found.up[:-1].sum() == found.up[-1]
    assert found.first_mean[0] == EXPECTED["questionnaire"]["t3.c1"]["by_group"]["fed"]["mean"]


def test_only_who_answered_both_takes_a_step():
    found = steps(np.array([1, 2, np.nan, 3]), np.array([2, np.nan, 1, 3]), np.array([0, 0, 0, -1]), 2)
    assert found.n.tolist() == [1, 0, 2]
    assert (found.up.tolist(), found.same.tolist()) == ([1, 0, 1], [0, 0, 1])
    assert np.isnan(found.first_mean[1])


def test_moves_lie_from_point_to_point():
    found = moves(np.array([1.0, 1, 2, 9, np.nan]), np.array([2.0, 2, 2, 1, 1]), np.array([1.0, 2, 3]))
    assert found.tolist() == [[0, 2, 0], [0, 1, 0], [0, 0, 0]]


def with_documents(frames):
    """The two documents and the codings that coder A gave them."""
    pages = [f"{name}_en.txt" for name in ("DOC-1", "DOC-2")]
    rows = [row for row in table("documents_codings.csv") if row["document"] in pages and row["coder"] == "A"]
    documents = pd.concat(
        [frames.statements.head(1).assign(statement_id=page, source_id=page, source_kind="document", expert_id="",
                                          role="unknown") for page in pages]
    )  # fmt: skip
    codings = pd.DataFrame(
        [{"coding_id": str(number), "source_id": row["document"], "start": int(row["start"]), "end": int(row["end"]),
          "code_id": row["code"], "coder_id": "A", "layer": "coder", "origin": "hand"}
         for number, row in enumerate(rows)]
    )  # fmt: skip
    return replace(
        frames, statements=pd.concat([frames.statements, documents]), codings=pd.concat([frames.codings, codings])
    )


def test_targets_in_the_documents_of_the_demo(frames):
    found = document_counts(with_documents(frames), layer="coder", coder_id="A").set_index("code_id")
    for code_id, known in EXPECTED["documents_vs_panel"]["documents_mention"].items():
        assert (found.k[code_id], found.n[code_id], found.coded[code_id]) == (known, 2, 2)
    assert found.k["targ"] == 2


def test_documents_that_nobody_coded_say_so(frames):
    found = document_counts(with_documents(frames)).set_index("code_id")
    assert (found.k["targ.share70"], found.n["targ.share70"], found.coded["targ.share70"]) == (0, 2, 0)
    assert document_counts(frames)["n"].eq(0).all()
