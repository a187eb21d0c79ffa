"""Segments against all others: the demo's known answers, published residuals, and the family that is corrected for."""

import numpy as np
import pandas as pd
import pytest
from demo_study import EXPECTED, demo

from coding.differences import adjusted_residuals, differences
from coding.inference import against_rest, benjamini_hochberg
from coding.segments import Segment, Segmentation, by_groups


def merged(**segments):
    made = tuple(Segment(key, key, key, tuple(groups.split("+"))) for key, groups in segments.items())
    return Segmentation("merged", "Merged", "Вместе", made)


def of(found, code, segment):
    return found.set_index(["code_id", "segment"]).loc[(code, segment)]


def test_residuals_of_agresti_2007_table_2_5():
    found = adjusted_residuals(np.array([[762, 327, 468], [484, 239, 477]]))
    assert found[0].round(2).tolist() == [4.50, 0.70, -5.32]
    assert found[1].round(2).tolist() == [-4.50, -0.70, 5.32]


def test_residuals_without_a_margin_are_zero():
    tables = np.array([[[0, 3], [0, 4]], [[3, 0], [4, 0]], [[0, 0], [2, 3]], [[0, 0], [0, 0]]])
    assert not adjusted_residuals(tables).any()


@pytest.mark.parametrize("contrast", EXPECTED["contrasts"], ids=lambda one: f"{one['code']}-{one['left']}")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_contrasts_as_segments_of_those_alone(language, contrast):
    """Where the two sides are everybody, a segment against all others is the known contrast; else `against_rest`."""
    study = demo(language)
    left, right = contrast["left"].split("+"), contrast["right"].split("+")
    row = of(differences(study, merged(left=contrast["left"]), [contrast["code"]]), contrast["code"], "left")
    assert f"{row.k}/{row.n}" == contrast["left_k_n"]
    if set(left) | set(right) == set(study.groups.group_id):
        assert f"{row.rest_k}/{row.rest_n}" == contrast["right_k_n"]
        assert round(row.p, 4) == contrast["fisher_two_sided"]
    assert row.p == against_rest(study, [contrast["code"]], left).p[0]


def test_every_segment_stands_against_all_others():
    found = differences(demo(), by_groups(demo().groups), EXPECTED["codes"])
    assert len(found) == 43 * 8
    for code, known in EXPECTED["expert_level"].items():
        rows = found[found.code_id == code].set_index("segment")
        assert {group: f"{row.k}/{row.n}" for group, row in rows.iterrows()} == known["by_group"]
        assert (rows.k + rows.rest_k).unique().tolist() == [known["k"]]
        assert (rows.n + rows.rest_n).unique().tolist() == [20]
    initiative = of(found, "plat.initiative", "civ")
    assert (initiative.k, initiative.n, initiative.rest_k, initiative.rest_n) == (3, 3, 0, 17)
    assert round(initiative.p, 4) == round(initiative.smallest_p, 4) == 0.0009
    assert initiative.difference == 1.0
    assert initiative.residual == pytest.approx(20**0.5)  # chi-square of a 2 x 2 table that is all on its diagonal is n
    two = of(found, "prob.skills", "bus")
    assert round(two.smallest_p, 4) == 0.0053
    assert (two.p, two.residual < 0) == (pytest.approx(0.4737, abs=5e-5), True)  # C(10, 2) / C(20, 2), twice


def test_segments_between_which_experts_change_places():
    """Civil society, all of three against none of 17; two segments of these are one table of C(20, 3)."""
    found = differences(demo(), merged(civ="civ", rest="fed+reg+loc+corp+bus+sci+rmc"), ["plat.initiative"])
    assert found.omnibus_p.tolist() == [pytest.approx(1 / 1140)] * 2
    assert found.omnibus_exact.all()
    assert found.adjusted_p.tolist() == found.p.tolist()  # the same question, asked from both ends


def test_what_is_corrected_for_is_what_is_given():
    codes = EXPECTED["codes"]
    found = differences(demo(), by_groups(demo().groups), codes)
    np.testing.assert_allclose(found.adjusted_p, benjamini_hochberg(found.p))
    each = found.drop_duplicates("code_id")
    np.testing.assert_allclose(each.omnibus_adjusted_p, benjamini_hochberg(each.omnibus_p))
    fewer = differences(demo(), by_groups(demo().groups), ["plat.initiative", "prob.skills"])
    whole = of(found, "plat.initiative", "civ")
    assert of(fewer, "plat.initiative", "civ").adjusted_p < whole.adjusted_p
    assert of(fewer, "plat.initiative", "civ").p == whole.p


def test_rights_are_named_alike_and_skills_are_not():
    levels = merged(authorities="fed+reg+loc", others="corp+civ+bus+sci+rmc")
    found = differences(demo(), levels, ["prob.rights", "prob.interagency"])
    rights = of(found, "prob.rights", "authorities")
    assert (rights.k, rights.n, rights.rest_k, rights.rest_n, rights.p) == (2, 8, 4, 12, 1.0)
    assert abs(rights.residual) < 1
    assert of(found, "prob.interagency", "authorities").residual > 2


def test_groups_that_are_left_out_are_among_all_others_and_not_in_the_omnibus_test():
    study = demo()
    found = differences(study, merged(civ="civ", loc="loc"), ["prob.skills", "plat.initiative"])
    skills = of(found, "prob.skills", "civ")
    assert (skills.k, skills.n, skills.rest_k, skills.rest_n) == (0, 3, 10, 17)
    assert skills.omnibus_p == pytest.approx(0.1)  # 0 of 3 and 3 of 3: 2 of the 20 ways to choose three of six
    whole = differences(study, by_groups(study.groups), ["prob.skills"])
    assert skills.residual == pytest.approx(of(whole, "prob.skills", "civ").residual)


def test_what_nobody_names_and_segments_of_nobody():
    with_empty = merged(civ="civ", loc="loc", nobody="")
    found = differences(demo(), with_empty, ["targ.docflow", "prob.skills"])
    unused = found[found.code_id == "targ.docflow"]
    assert unused[["p", "adjusted_p", "omnibus_p"]].to_numpy().tolist() == [[1.0] * 3] * 3
    assert unused.residual.tolist() == [0.0] * 3
    nobody = of(found, "prob.skills", "nobody")
    assert (nobody.n, nobody.p, nobody.smallest_p, nobody.residual) == (0, 1.0, 1.0, 0.0)
    assert differences(demo(), with_empty, []).empty
    assert differences(demo(), merged(), ["prob.skills"]).empty
    with pytest.raises(KeyError):
        differences(demo(), with_empty, ["prob.nothing"])


def test_languages_and_order_change_nothing():
    codes = EXPECTED["codes"]
    english = differences(demo("en"), by_groups(demo().groups), codes)
    pd.testing.assert_frame_equal(english, differences(demo("ru"), by_groups(demo().groups), codes))
    back = differences(demo("en"), by_groups(demo().groups), codes[::-1])
    for code, segment in (("prob.skills", "loc"), ("enab.feedback", "rmc")):
        pd.testing.assert_series_equal(of(english, code, segment), of(back, code, segment))
