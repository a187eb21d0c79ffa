"""Choices in cells: several separators, commas in options, words of one's own, a choice renamed in mid-survey."""

from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires import choices
from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.confirming import as_kind, with_points
from survey_app.questionnaires.export import Export, Head
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import says
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import as_csv, column_of, table_of


def names(column):
    return [point["en"] or point["ru"] for point in column.points]


def ticks(column, cell):
    return {name for name, said in zip(names(column), says(column, cell), strict=True) if said.value}


def test_one_stray_semicolon_hides_no_commas():
    column = column_of("Which?", "Roads, Water", "Water, Schools", "Roads; Water", "Schools, Roads", "Water")
    assert column.kind == "multi"
    assert {"Roads", "Water", "Schools"} <= set(names(column))
    assert ticks(column, "Roads; Water") == {"Roads", "Water"}


def test_what_the_platform_joins_by_is_taken_at_its_word():
    table = table_of(["id", "Which?"], *([f"E{n}", cell] for n, cell in enumerate(["a, b", "b, a", "a, b", "b, a"])))
    free, joined = (
        propose_columns(Export("", table, {"Which?": Head("q02", "Which?", separator=sign)}), None)[1]
        for sign in ("", ";")
    )
    assert (free.kind, joined.kind) == ("multi", "single")
    assert names(as_kind(joined, table.values("Which?"), "multi")) == ["a, b", "b, a"]


def test_a_choice_renamed_in_mid_survey_is_an_option_of_its_own():
    column = column_of("Which?", "Roads", "Roads", "Water", "Roads and streets", "Roads and streets", "Water")
    assert (column.kind, names(column)) == ("single", ["Roads", "Water", "Roads and streets"])
    column = column_of("Which?", "Roads;Water", "Water;Roads", "Roads and streets;Water", "Water;Roads and streets")
    assert (column.kind, set(names(column))) == ("multi", {"Roads", "Water", "Roads and streets"})


def test_words_of_ones_own_in_a_single_choice_are_kept_as_written():
    column = column_of("Which?", "Roads", "Roads", "Water", "Water", "Roads", "Water", "it depends, as ever", "Roads")
    assert column.kind == "single"
    (said,) = says(with_points(column, ["Roads", "Water"]), "it depends, as ever")
    assert (said.value, said.text) == (None, "it depends, as ever")


def test_long_words_make_an_open_question_of_a_few_choices():
    column = column_of("Which?", "Roads", "Roads", "Because nobody asked us. " * 12, "Water", "Roads")
    assert column.kind == "open"


CELLS = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(["Roads", "Roads, bridges", "вода", "a;b", "other", "Другое", "да / yes", "3", "—", "|", ""]),
             max_size=4).flatmap(lambda parts: st.sampled_from([";", ", ", "\n", "|", " / "]).map(lambda s: s.join(parts))),
)  # fmt: skip


@given(st.lists(CELLS, min_size=1, max_size=10), st.sampled_from(["", ";", "\n", ", ", "|"]))
def test_any_cells_have_sane_choices(cells, sign):
    for found in (choices.ticked(cells, sign), choices.options(cells, sign), choices.ranked(cells, sign)):
        assert all(option.strip() for option in found)
    known = choices.points(choices.ticked(cells, sign))
    with_other = choices.with_other(known, cells, sign)
    for cell in cells:
        picked, beside = choices.pick(cell, with_other, sign)
        assert len(picked) == len(set(picked))
        if known and beside:
            assert any(map(choices.is_other, with_other))


HEADERS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["Timestamp", "Отметка времени", "Q", "Q [a]", "Q [b]", "1. Q", "<b>Q</b>", "Q (2)", "ID", "Score", "Email",
                     "Время создания", "#", "User Name", "Q [Score]", "What hinders you most?", "What hinders you mostly?"]),
)  # fmt: skip


@given(st.data())
def test_any_table_of_any_reader_yields_proposals(data):
    width = data.draw(st.integers(1, 5))
    rows = data.draw(st.lists(st.lists(CELLS, min_size=0, max_size=width + 1), max_size=6))
    header = data.draw(st.lists(HEADERS, min_size=width, max_size=width))
    if data.draw(st.booleans()):
        rows.insert(len(rows) // 2, header)
    try:
        export = read_questionnaire("form.csv", as_csv(header, *rows))
    except UnreadableTable:
        return
    columns = propose_columns(export, None)
    assert [column.name for column in columns] == list(export.table.columns)
    kept = [column for column in columns if column.kept and not column.place]
    assert len({column.item_id for column in kept}) == len(kept)
    assert {column.continues for column in columns} <= {"", *export.table.columns}
    assert all(str(warning) for warning in export.table.warnings)
