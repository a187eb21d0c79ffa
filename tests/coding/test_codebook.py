"""The codebook as a file: what is read, and what is refused with which words."""

import pytest
from demo_study import EXPECTED, codebook

from coding.codebook import Indicator, codebook_from, codes_frame, read_codebook
from coding.study_files import UnusableStudyFile


def book(codes: str, roots: str = '- {id: prob, polarity: negative, colour: "#D55E00", label: {en: Problems}}') -> str:
    return f"id: b\nroots:\n{roots}\ncodes:\n{codes}\n"


def test_the_starter_codebook_has_its_codes_in_order():
    codes = codebook().codes
    assert [root.key for root in codebook().roots] == ["prob", "enab", "role", "plat", "prin", "targ"]
    assert [code.key for code in codes if code.parent] == EXPECTED["codes"]
    assert len({code.short for code in codes if code.short}) == 43


def test_a_code_has_words_in_both_languages_and_what_belongs_to_it():
    code = next(code for code in codebook().codes if code.key == "prob.paper_dup")
    assert (code.parent, code.root, code.polarity, code.counterpart) == ("prob", "prob", "negative", "enab.paperless")
    for part in ("label", "definition", "use", "avoid", "example"):
        english, russian = getattr(code, f"{part}_en"), getattr(code, f"{part}_ru")
        assert english
        assert russian
        assert english != russian
    share = next(code for code in codebook().codes if code.key == "targ.share70")
    assert share.indicator == Indicator(70.0, ">", "percent", 2024)
    assert [c.key for c in codebook().codes if c.literature_basis == "extension"] == ["prob.funding"]


def test_opposites_point_at_each_other():
    opposite = {code.key: code.counterpart for code in codebook().codes if code.counterpart}
    assert len(opposite) == 8
    assert all(opposite[opposite[key]] == key for key in opposite)


def test_rules_attributes_and_periods_come_with_it():
    assert [rule.key for rule in codebook().rules][:3] == ["unit", "multi", "polarity"]
    assert codebook().rules[0].ru.startswith("Единица кодирования")
    attributes = {one.key: one for one in codebook().attributes}
    assert [value.key for value in attributes["assent"].values] == ["yes", "no"]
    assert attributes["direction"].values[0].label_ru == "От власти к обществу"
    assert attributes["direction"].literature == ("001",)
    assert attributes["life_situation"].values == ()
    assert (codebook().periods[0].first, codebook().periods[-1].last) == (2005, None)
    assert codebook().literature[1][0] == "001"
    assert [basis for basis, _en, _ru in codebook().literature_bases] == ["named", "implied", "extension"]


def test_values_of_an_attribute_may_be_plain_words():
    made = read_codebook(
        book("- {id: prob.a, label: {en: A}}")
        + "\nstatement_attributes:\n- {id: mood, label: {en: Mood}, values: [calm, tense]}"
    )
    assert [(value.key, value.label_ru) for value in made.attributes[0].values] == [
        ("calm", "calm"),
        ("tense", "tense"),
    ]


def test_a_value_that_is_listed_twice_is_refused():
    twice = "[{id: a, label: {en: A}}, {id: a, label: {en: B}}]"
    with pytest.raises(UnusableStudyFile, match="listed twice"):
        read_codebook(
            book("- {id: prob.a, label: {en: A}}")
            + f"\nstatement_attributes:\n- {{id: mood, label: {{en: Mood}}, values: {twice}}}"
        )


@pytest.mark.parametrize("values", ["[calm, all]", "[{id: '-', label: {en: None of these}}]"])
def test_a_value_has_no_key_that_counting_uses(values):
    with pytest.raises(UnusableStudyFile, match="cannot be the key of a value"):
        read_codebook(
            book("- {id: prob.a, label: {en: A}}")
            + f"\nstatement_attributes:\n- {{id: mood, label: {{en: Mood}}, values: {values}}}"
        )


def test_the_codes_frame_starts_with_the_roots_and_takes_their_colours():
    frame = codes_frame(codebook()).set_index("code_id")
    assert frame.index[:2].tolist() == ["prob", "enab"]
    assert frame.loc["enab.trust", ["root", "colour", "polarity"]].tolist() == ["enab", "#0072B2", "positive"]
    assert frame.order.is_monotonic_increasing


def test_a_code_may_hang_under_a_code_and_have_its_own_colour():
    made = read_codebook(
        book('- {id: prob.a, label: {ru: А}, colour: "#112233"}\n- {id: b, parent: prob.a, label: {en: B}}')
    )
    assert [(code.key, code.parent, code.root, code.colour) for code in made.codes[1:]] == [
        ("prob.a", "prob", "prob", "#112233"),
        ("b", "prob.a", "prob", "#D55E00"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (book("- {id: prob.a, label: {en: ' '}}"), "“prob.a” has no name. Write one in English or in Russian."),
        (book("- {id: prob.a, label: {en: A}}\n- {id: prob.a, label: {en: B}}"), "“prob.a” is listed twice."),
        (book("- {id: prob, label: {en: A}}"), "“prob” is listed twice."),
        (book("- {id: enab.a, label: {en: A}}"), "“enab.a” hangs under “enab”, which is not in the codebook."),
        (book("- {id: a, label: {en: A}}"), "“a” hangs under no root."),
        (
            book("- {id: a, parent: b, label: {en: A}}\n- {id: b, parent: a, label: {en: B}}"),
            "“a” hangs below itself.",
        ),
        (book("- {id: prob.a, colour: red, label: {en: A}}"), "“red” is not a colour for “prob.a”."),
        (book("- {id: prob.a, counterpart: x, label: {en: A}}"), "“prob.a” names “x” as its opposite"),
        (
            book("- {id: prob.a, short: P1, label: {en: A}}\n- {id: prob.b, short: P1, label: {en: B}}"),
            "“P1” belongs to “prob.a” and to “prob.b”",
        ),
        (book("- {id: prob.a, label: {en: A}, indicator: {value: many, year: 2024}}"), "The indicator of “prob.a”"),
        (book("- {label: {en: A}}"), "An entry of “codes” has no id"),
        (book("- prob.a"), "“codes” is not a list of entries"),
        (book("", roots='- {id: p, polarity: bad, colour: "#112233", label: {en: P}}'), "the polarity “bad”"),
        ("id: b\n", "The codebook has no roots: codes with a polarity"),
        ("- a\n- b\n", "not written in YAML"),
        ("id: b\nroots: [\n", "cannot be read. Check its indentation"),
        ("id: b\nroots:\n- a: 'x\n", "cannot be read. Check its indentation"),
        ("a: &x [1]\nb: *x\n", "Line 2 refers to another place"),
        ("a: 2024-13-99\n", "not written in YAML"),
        ("a: " + "[" * 5000, "cannot be read|not written in YAML"),
        ("x" * 2_000_001, "longer than 2000000 characters"),
        ("id: \x00", "not written in YAML"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(text, words):
    with pytest.raises(UnusableStudyFile, match=words.replace(".", r"\.").replace("|", "|")):
        read_codebook(text)


def test_a_codebook_runs_nothing():
    with pytest.raises(UnusableStudyFile):
        read_codebook("id: !!python/object/apply:os.getcwd []\n")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("label: {en: %s}" % ("x" * 301), "The name of “r.a” is longer than 300 letters"),
        ("label: {en: A}, definition: {en: %s}" % ("x" * 4001), "What “r.a” says is longer than 4000 letters"),
    ],
)
def test_what_nobody_could_read_on_a_screen_is_refused(code, told):
    with pytest.raises(UnusableStudyFile, match=told):
        read_codebook(
            f"roots: [{{id: r, polarity: neutral, colour: '#000000', label: {{en: R}}}}]\ncodes: [{{id: r.a, {code}}}]"
        )


def test_a_tree_that_is_too_deep_is_refused_at_once():
    codes = [{"id": f"c{n}", "parent": f"c{n - 1}" if n else "r", "label": {"en": f"C{n}"}} for n in range(5000)]
    roots = [{"id": "r", "polarity": "neutral", "colour": "#000000", "label": {"en": "R"}}]
    with pytest.raises(UnusableStudyFile, match="more than 10 steps below its root"):
        codebook_from({"roots": roots, "codes": codes})
