"""A codebook written is the codebook that is read back: as YAML in full, as a table its codes."""

from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.codebook import (
    RESERVED,
    AttributeValue,
    Code,
    Codebook,
    CodingRule,
    Indicator,
    Period,
    StatementAttribute,
    read_codebook,
)
from coding.codebook_file import COLUMNS, codebook_rows, read_codebook_rows, undefused, write_codebook
from coding.study_files import UnusableStudyFile

STARTER = read_codebook((files("survey_app") / "starter" / "domain" / "codebook.yaml").read_text("utf-8"))


def test_the_starter_comes_back_as_it_was():
    assert read_codebook(write_codebook(STARTER)) == STARTER


def table(book):
    return [dict(zip(COLUMNS, row, strict=True)) for row in codebook_rows(book)]


def test_the_codes_of_the_starter_come_back_from_a_table():
    book, fields = read_codebook_rows(table(STARTER), COLUMNS)
    assert book.codes == STARTER.codes
    assert fields == {*COLUMNS} - {"key", *(one for one in COLUMNS if one.startswith("indicator_"))} | {"indicator"}


def test_a_table_with_few_columns_speaks_of_these_alone():
    rows = [{"key": "prob", "parent": "", "label_en": "Problems"}, {"key": "x", "parent": "prob", "label_en": "X"}]
    book, fields = read_codebook_rows(rows, ["key", "parent", "label_en"])
    assert [(code.key, code.parent, code.polarity) for code in book.codes] == [
        ("prob", "", "neutral"),
        ("x", "prob", "neutral"),
    ]
    assert fields == {"parent", "label_en"}


@pytest.mark.parametrize("missing", ["key", "parent", "label_en"])
def test_a_table_without_names_is_refused(missing):
    columns = [column for column in ("key", "parent", "label_en") if column != missing]
    with pytest.raises(UnusableStudyFile, match=f"no column “{missing}”"):
        read_codebook_rows([], columns)


def test_an_indicator_without_a_number_is_refused():
    rows = table(STARTER)
    rows[-1]["indicator_value"] = "many"
    with pytest.raises(UnusableStudyFile, match="needs a number"):
        read_codebook_rows(rows, COLUMNS)


def test_the_sign_against_formulas_is_taken_off_and_no_other():
    assert [undefused(text) for text in ("'=1", "'-x", "'tis", "", "'")] == ["=1", "-x", "'tis", "", "'"]


def stripped(letters):
    return st.text(letters, max_size=12).map(str.strip)


WORD = stripped(st.characters(exclude_categories=["Cs"]))
NAME = WORD.filter(bool)
KEY = st.from_regex(r"[a-z0-9_]{1,8}(\.[a-z0-9_]{1,5})?", fullmatch=True)
COLOUR = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)
POLARITY = st.sampled_from(["negative", "positive", "neutral"])
INDICATOR = st.none() | st.builds(
    Indicator, st.floats(allow_nan=False, allow_infinity=False), WORD, WORD, st.integers(1900, 2100)
)


@st.composite
def codebooks(draw):
    keys = draw(st.lists(KEY, min_size=1, max_size=6, unique=True))
    count = draw(st.integers(1, len(keys)))
    codes = []
    for at, key in enumerate(keys):
        parent = draw(st.sampled_from(codes)) if at >= count else None
        words = {f"{pair}_{tongue}": draw(WORD) for pair in ("definition", "use") for tongue in ("en", "ru")}
        codes.append(
            Code(
                key, parent.key if parent else "", parent.root if parent else key,
                parent.polarity if parent else draw(POLARITY), draw(st.sampled_from(["", f"S{at}"])), draw(NAME),
                draw(WORD), draw(COLOUR), **words, counterpart=draw(st.sampled_from(["", *keys])),
                literature=tuple(draw(st.lists(WORD, max_size=3))), literature_basis=draw(WORD),
                indicator=draw(INDICATOR),
            )
        )  # fmt: skip
    works = st.lists(st.tuples(NAME, WORD, WORD), max_size=3, unique_by=lambda work: work[0])
    values = st.lists(
        st.builds(AttributeValue, NAME.filter(lambda key: key not in RESERVED), NAME, WORD),
        max_size=3,
        unique_by=lambda value: value.key,
    )
    attributes = st.builds(StatementAttribute, NAME, NAME, WORD, values.map(tuple), st.lists(WORD).map(tuple))
    year = st.none() | st.integers(-100, 3000)
    return Codebook(
        draw(WORD), draw(WORD), draw(WORD), draw(WORD), tuple(codes),
        tuple(draw(st.lists(st.builds(CodingRule, NAME, WORD, WORD), max_size=2))),
        tuple(draw(st.lists(attributes, max_size=2))),
        tuple(draw(st.lists(st.builds(Period, NAME, NAME, WORD, year, year), max_size=2))),
        tuple(draw(works)), tuple(draw(works)),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_any_codebook_comes_back_from_yaml_as_it_was(book):
    assert read_codebook(write_codebook(book)) == book


PLAIN = stripped(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=";'"))


@settings(max_examples=40, deadline=None)
@given(codebooks(), PLAIN)
def test_any_codes_come_back_from_a_table(book, words):
    codes = tuple(
        replace(code, literature=("001", "a b"), definition_en=words, definition_ru="", use_en="", use_ru="")
        for code in book.codes
    )
    assert read_codebook_rows(table(replace(book, codes=codes)), COLUMNS)[0].codes == codes


def test_heads_of_columns_are_read_in_any_case():
    rows = [{"Key": "r", " PARENT ": "", "Label_EN": "Root"}, {"Key": "r.a", " PARENT ": "r", "Label_EN": "A"}]
    book, fields = read_codebook_rows(rows, ["Key", " PARENT ", "Label_EN"])
    assert [code.label_en for code in book.codes] == ["Root", "A"]
    assert "label_en" in fields
