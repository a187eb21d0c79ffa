"""Agreement of coders: the demo's known answers, the command line, and what is not a number."""

import json
from itertools import product

import numpy as np
import pandas as pd
import pytest
from demo_study import EXPECTED, demo, reviewed_by, statement_uuid, table

from coding.__main__ import main
from coding.agreement import agreement
from coding.agreement_words import FEWEST_UNITS
from coding.code_coefficients import cell_coefficients
from coding.judgements import judgements_of, read_judgements


@pytest.fixture(scope="module")
def judgements():
    study = demo()
    reviews = pd.DataFrame(
        [(statement_uuid(label), coder) for coder in "ABC" for label in reviewed_by(coder)],
        columns=["statement_id", "coder_id"],
    )
    return judgements_of(study.statements, study.codings, reviews)


def of(judgements: pd.DataFrame, *coders: str, **more):
    return agreement(judgements[judgements.coder.isin(coders)], codes=EXPECTED["codes"], **{"resamples": 0, **more})


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def test_a_and_b_agree_as_known_on_every_code(judgements):
    found = of(judgements, "A", "B")
    assert (found.n_units, found.n_units_compared, found.n_coders) == (280, 280, 2)
    for code, known in EXPECTED["agreement_A_B_all_codes"].items():
        one = found.per_code[code]
        assert one.table == (known["both"], known["only_A"], known["only_B"], known["neither"])
        assert rounded(one.percent) == known["percent"]
        assert rounded(one.cohen) == known["kappa"]
        assert rounded(one.alpha) == known["alpha"]


def test_the_mean_kappa_and_the_units_that_differ(judgements):
    found, known = of(judgements, "A", "B"), EXPECTED["agreement_A_B"]
    used = [one.cohen for one in found.per_code.values() if one.cohen is not None]
    assert round(float(np.mean(used)), 4) == known["_mean_kappa_over_codes_used"]
    assert round((1 - found.overall.percent) * 280) == known["_units_with_any_difference"]


def test_codes_that_nobody_used_are_undefined_and_not_perfect(judgements):
    found = of(judgements, "A", "B")
    undefined = [code for code, one in found.per_code.items() if one.alpha is None]
    assert undefined == EXPECTED["agreement_A_B_undefined_codes"]
    one = found.per_code["targ.docflow"]
    assert (one.percent, one.cohen, one.fleiss, one.prevalence, one.ci) == (1.0, None, None, 0.0, None)


def test_three_coders_with_gaps(judgements):
    found = of(judgements, "A", "B", "C")
    for code, known in EXPECTED["alpha_A_B_C"].items():
        assert rounded(found.per_code[code].alpha) == known
        assert found.per_code[code].cohen is None
        assert found.per_code[code].table is None
    assert found.overall.cohen is None


def test_coder_c_is_compared_on_the_units_seen(judgements):
    found, known = of(judgements, "A", "C"), EXPECTED["coder_C"]
    assert found.n_units_compared == known["reviewed"]
    assert {code: rounded(found.per_code[code].cohen) for code in known["kappa_A_C"]} == known["kappa_A_C"]
    assert rounded(found.overall.percent) == known["share_of_identical_units"]


def test_english_and_russian_coders_agree_alike(judgements):
    russian = demo("ru")
    nobody = pd.DataFrame(columns=["statement_id", "coder_id"], dtype=object)
    coded = judgements_of(russian.statements, russian.codings, nobody)
    pd.testing.assert_frame_equal(
        coded.sort_values(["unit", "coder", "code"], ignore_index=True),
        judgements[judgements.code != ""].sort_values(["unit", "coder", "code"], ignore_index=True),
    )


def test_sets_of_codes_have_no_kappa(judgements):
    overall = of(judgements, "A", "B").overall
    assert (overall.cohen, overall.fleiss, overall.ac1) == (None, None, None)
    assert overall.alpha_nominal < overall.alpha_masi < overall.alpha_jaccard < 1


def long_form(*coders: str) -> bytes:
    """A CSV from one word a coder, a letter a unit; "." is a unit not seen, "-" one without a code."""
    rows = [
        f"u{unit},{name},{'' if code == '-' else code}"
        for name, codes in zip("ABCDE", coders, strict=False) for unit, code in enumerate(codes) if code != "."
    ]  # fmt: skip
    return ("unit,coder,code\n" + "\n".join(rows) + "\n").encode()


def test_one_code_a_unit_is_a_category():
    found = agreement(read_judgements(long_form("aabbdcccedda", "babbbcccedd" + "d")), resamples=0)
    assert found.overall.alpha_nominal == pytest.approx(0.691964, abs=1e-6)
    assert found.overall.alpha_masi == found.overall.alpha_jaccard == pytest.approx(found.overall.alpha_nominal)
    assert found.overall.cohen is not None
    assert found.overall.fleiss is not None
    assert found.overall.ac1 is not None


def test_four_coders_with_gaps_as_categories():
    found = agreement(
        read_judgements(long_form("123321412...", "1233224125..", ".33323422513", "12332441251.")), resamples=2000
    )
    overall = found.overall
    assert overall.alpha_nominal == pytest.approx(0.743421, abs=1e-6)
    assert overall.ac1 == pytest.approx(0.775444, abs=1e-6)
    assert overall.fleiss == pytest.approx(0.761169, abs=1e-6)
    assert overall.percent == pytest.approx(0.818182, abs=1e-6)
    assert overall.n_resamples == 2000
    # published unit bootstrap: .399 to 1.0
    assert overall.ci["alpha_nominal"] == pytest.approx((0.399, 1.0), abs=0.06)


def test_an_interval_holds_its_estimate_and_is_the_same_every_time(judgements):
    first, again = (of(judgements, "A", "B", resamples=500) for _ in range(2))
    one = first.per_code["prob.unready"]
    assert one.ci[0] < one.alpha < one.ci[1]
    assert one.resamples <= 500
    assert first == again
    assert first.per_code["enab.quality"].ci is None


def test_drawing_experts_instead_of_statements_is_possible(judgements):
    experts = dict(zip(demo().statements.statement_id, demo().statements.expert_id, strict=True))
    found = of(judgements, "A", "B", resamples=500, clusters=experts)
    assert found.per_code["prob.skills"].ci != of(judgements, "A", "B", resamples=500).per_code["prob.skills"].ci
    assert found.overall.n_resamples == 500


def test_few_units_get_no_interval():
    found = agreement(read_judgements(long_form("ababababa", "abababaaa")))
    assert found.overall.n_resamples == 0
    assert found.per_code["a"].ci is None
    assert found.per_code["a"].alpha is not None


def test_a_unit_seen_without_a_code_differs_from_a_unit_not_seen():
    seen = agreement(read_judgements(long_form("ab-a", "ab-b")), resamples=0)
    unseen = agreement(read_judgements(long_form("ab-a", "ab.b")), resamples=0)
    assert (seen.n_units_compared, unseen.n_units_compared) == (4, 3)
    assert seen.overall.percent == 0.75
    assert unseen.overall.percent == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"unit,coder\nu,A\n", "no column “code”"),
        (b"", "no column “unit”"),
        (b"unit,coder,code\n", "no rows"),
        (b"unit,coder,code\nu,,x\n", "Line 2 names no unit or no coder"),
        ("unit,coder,code\nu,A,\u043a\n".encode("cp1251"), "not in UTF-8"),
        (b"unit,coder,code\nu,A," + b"x" * 200_000, "Line 2 cannot be read"),
        (long_form("abc"), "seen by two coders"),
        (long_form("ab..", "..ab"), "seen by two coders"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_sentence(content, words, tmp_path, capsys):
    file = tmp_path / "codings.csv"
    file.write_bytes(content)
    assert main(["agreement", str(file), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert words in said.err


def test_separators_order_and_other_columns_do_not_matter():
    comma = read_judgements(b"unit,coder,code\r\nu1,A,x\r\nu1,B,\r\n")
    semicolon = read_judgements("\ufeffCode; Unit ;coder;note\nx;u1;A;hm\n\n;u1;B\n".encode())
    pd.testing.assert_frame_equal(comma, semicolon)


def test_the_command_line_prints_one_json_document(tmp_path, capsys):
    coded = {(row["coder"], row["statement_id"]): [] for row in table("codings.csv")}
    for row in table("codings.csv"):
        coded[row["coder"], row["statement_id"]].append(row["code"])
    rows = [
        f"{label},{coder},{code}"
        for coder, label in product("AB", reviewed_by("A"))
        for code in coded.get((coder, label), [""])
    ]
    file = tmp_path / "a_b.csv"
    file.write_text("unit,coder,code\n" + "\n".join(rows), "utf-8")
    assert main(["agreement", str(file), "--json", "--bootstrap", "200"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["n_units"], document["n_coders"], document["overall"]["n_resamples"]) == (280, 2, 200)
    wanted = {"percent", "cohen", "fleiss", "alpha", "ac1", "prevalence", "ci"}
    assert all(wanted <= set(one) for one in document["per_code"].values())
    skills = document["per_code"]["prob.skills"]
    assert (round(skills["cohen"], 4), round(skills["alpha"], 4)) == (0.9581, 0.9582)
    assert skills["prevalence"] == pytest.approx(25 / 560)
    assert set(document["overall"]) >= {
        "percent", "cohen", "fleiss", "ac1", "alpha_nominal", "alpha_jaccard", "alpha_masi", "n_resamples",
    }  # fmt: skip


def test_the_command_line_also_speaks_to_people(tmp_path, capsys):
    file = tmp_path / "codings.csv"
    file.write_bytes(long_form("aabbdcccedda", "babbbcccedd" + "d"))
    assert main(["agreement", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 coders, 12 units, 12 of them seen by two or more")
    assert "0.6920" in said


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["agreement", str(tmp_path / "nowhere.csv")]) == 2
    assert "nowhere.csv cannot be opened" in capsys.readouterr().err


def test_d14_mean_kappa_and_how_many_codes_it_is_of(judgements):
    mean, n = of(judgements, "A", "B").mean_over_codes("cohen")
    assert (round(mean, 4), n) == (0.9796, 41)


def test_d15_a_rare_code_is_told_apart_from_an_unused_one(judgements):
    found = of(judgements, "A", "B", resamples=500)
    rare = found.per_code["prob.unready"]
    assert (round(rare.percent, 4), round(rare.cohen, 4), rare.table) == (0.9893, 0.6618, (3, 3, 0, 274))
    for code in EXPECTED["agreement_A_B_undefined_codes"]:
        one = found.per_code[code]
        assert (one.cohen, one.fleiss, one.alpha, one.ac1, one.brennan_prediger) == (None,) * 5
        assert str(one.reason) == str(one.ci_reason) == "No coder applied this code."
        assert (one.percent, one.prevalence, one.ci, one.resamples) == (1.0, 0.0, None, 0)


def test_three_coders_have_a_table_summed_over_pairs(judgements):
    one = of(judgements, "A", "B", "C").per_code["prob.unready"]
    known = EXPECTED["agreement_A_B_all_codes"]["prob.unready"]
    pairs = [of(judgements, *pair).per_code["prob.unready"].table for pair in ("AB", "AC", "BC")]
    assert pairs[0] == (known["both"], known["only_A"], known["only_B"], known["neither"])
    assert one.pairs_table == tuple(sum(cells) for cells in zip(*pairs, strict=True))


def test_every_coefficient_has_its_interval_on_the_same_draws(judgements):
    one = of(judgements, "A", "B", resamples=500).per_code["prob.skills"]
    assert one.intervals["alpha"] == one.ci
    for name in ("percent", "cohen", "fleiss", "ac1", "brennan_prediger"):
        low, high = one.intervals[name]
        assert low < getattr(one, name) <= high


def test_an_interval_that_is_not_given_says_why(judgements):
    found = of(judgements, "A", "B", resamples=500)
    assert str(found.per_code["enab.quality"].ci_reason).startswith("Every resample gives the same value")
    few = agreement(read_judgements(long_form("ababababa", "abababaaa"))).per_code["a"]
    assert str(few.ci_reason) == "An interval needs 10 units; here are 9."
    assert str(of(judgements, "A", "B").per_code["prob.skills"].ci_reason) == "No resamples were asked for."


def test_resamples_without_variation_are_counted_and_may_be_too_many():
    """A code on two of forty units: e**-2 of the resamples, 13 %, hold neither of them."""
    found = agreement(read_judgements(long_form("xx" + "-" * 38, "x-" + "-" * 38)), resamples=2000)
    one = found.per_code["x"]
    assert one.degenerate == pytest.approx(2000 * (38 / 40) ** 40, rel=0.2)
    assert one.resamples + one.degenerate == 2000
    assert one.alpha is not None
    assert one.ci is None
    assert str(one.ci_reason).startswith(f"In {one.degenerate} of 2000 resamples nothing varies")


def test_a_few_resamples_without_variation_leave_an_interval():
    found = agreement(read_judgements(long_form("xxxxx" + "-" * 35, "xxx--" + "-" * 35)), resamples=2000)
    one = found.per_code["x"]
    assert 0 < one.degenerate < 40
    assert one.ci is not None
    assert one.ci_reason is None


@pytest.mark.parametrize(
    ("first", "second", "code", "reason"),
    [
        ("xxxxxxxx", "xxxxxxxx", "x", "Every coder applied this code to every unit, so that nothing varies."),
        ("xx", "x-", "x", "Only 2 units were seen by two coders; at least 3 are needed."),
        ("--------", "--------", "never", "No coder applied this code."),
        ("-------x", "-------.", "x", "This code was applied only where a single coder has looked."),
    ],
)
def test_what_cannot_be_computed_has_a_reason_and_keeps_its_facts(first, second, code, reason):
    one = agreement(read_judgements(long_form(first, second)), codes=["never"]).per_code[code]
    assert (one.cohen, one.fleiss, one.alpha, one.ac1, one.brennan_prediger, one.ci) == (None,) * 6
    assert str(one.reason) == reason
    assert 0 <= one.percent <= 1
    assert 0 <= one.prevalence <= 1


def test_sets_that_never_differ_have_a_reason():
    overall = agreement(read_judgements(long_form("xxxxxxxx", "xxxxxxxx"))).overall
    assert (overall.percent, overall.alpha_masi, overall.cohen, overall.ac1) == (1.0, None, None, None)
    assert str(overall.reason) == "Every coder said the same of every unit, so that nothing varies."
    assert (
        str(agreement(read_judgements(long_form("--------", "--------"))).overall.reason)
        == "No coder applied any code."
    )


def test_two_units_know_no_middle():
    """The reason for the smallest number of units: one judgement that differs."""

    def largest_alpha(n: int) -> float:
        tables = [(both, 1, 0, n - 1 - both) for both in range(n)]
        return float(np.nanmax(cell_coefficients(np.array(tables))["alpha"]))

    assert largest_alpha(FEWEST_UNITS - 1) <= 0 < largest_alpha(FEWEST_UNITS)


def test_units_of_nobody_are_drawn_by_themselves(judgements):
    nobody = of(judgements, "A", "B", resamples=200, clusters={})
    assert nobody.per_code["prob.skills"].ci == of(judgements, "A", "B", resamples=200).per_code["prob.skills"].ci


def command(tmp_path, capsys, content: str, *words: str) -> dict:
    file = tmp_path / "codings.csv"
    file.write_text(content, "utf-8")
    assert main(["agreement", str(file), "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_line_draws_experts_and_compares_within_groups(judgements, tmp_path, capsys):
    expert_of = dict(zip(demo().statements.statement_id, demo().statements.expert_id, strict=True))
    group_of = dict(zip(demo().experts.expert_id, demo().experts.group_id, strict=True))
    both = judgements[judgements.coder.isin(["A", "B"])].reset_index(drop=True)
    both["expert"] = both["unit"].map(expert_of)
    both["Group"] = both["expert"].map(group_of)
    document = command(tmp_path, capsys, both.to_csv(index=False), "--bootstrap", "300", "--group", "group")
    assert document["bootstrap_of"] == "experts"
    experts = of(judgements, "A", "B", resamples=300, clusters=expert_of).per_code["prob.skills"]
    assert document["per_code"]["prob.skills"]["ci"] == pytest.approx(experts.ci)
    assert set(document["per_group"]) == set(group_of.values())
    assert sum(part["n_units"] for part in document["per_group"].values()) == 280
    assert [pair["n_units"] for pair in document["per_pair"]] == [280]
    assert len(document["pulling_down"]) == 6
    assert sum(row["share"] for row in document["pulling_down"]) == pytest.approx(1)


def test_the_command_line_says_why_a_figure_is_missing(tmp_path, capsys):
    document = command(tmp_path, capsys, long_form("xy", "xx").decode())
    for one in (*document["per_code"].values(), document["overall"]):
        assert one["reason"] == "Only 2 units were seen by two coders; at least 3 are needed."
    assert document["per_code"]["x"]["alpha"] is document["per_code"]["x"]["ci"] is None
    assert document["overall"]["alpha_nominal"] is None
    assert document["per_code"]["x"]["meaning"] is None


@pytest.mark.parametrize(
    ("rows", "words", "said"),
    [
        ("u,A,x,E1\nu,B,x,E2", [], "has different entries in the column “expert”"),
        ("u,A,x,E1\nu,B,x,E1", ["--group", "region"], "no column “region”"),
        ("u,A,x,\nu,B,x,", ["--level", "interval"], "“x” is not a number"),
        ("u,A,1,\nu,A,2,\nu,B,1,", ["--level", "ordinal"], "Coder “A” gave the unit “u” two values"),
    ],
)
def test_what_the_file_gets_wrong_is_said_in_one_sentence(rows, words, said, tmp_path, capsys):
    file = tmp_path / "codings.csv"
    file.write_text(f"unit,coder,code,expert\n{rows}\n", "utf-8")
    assert main(["agreement", str(file), *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
