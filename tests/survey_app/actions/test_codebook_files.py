"""A codebook leaves as a file and comes in from one: matched by key, previewed, undone in one stroke."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from coding.codebook import read_codebook
from survey_app.actions.codebook import CodebookProblem, archive_code, change_code, move_code
from survey_app.actions.codebook_files import (
    FORMS,
    Brought,
    export_codebook,
    import_codebook,
    preview_import,
    read_codebook_file,
)
from survey_app.actions.codebook_sections import change_attributes, change_literature, change_rules
from survey_app.actions.codebook_undo import undo_codebook
from survey_app.actions.codebook_versions import compare_versions, versions
from survey_app.actions.studies import DOMAIN
from survey_app.rosters.tables import UnreadableTable
from survey_app.store import codebooks, codes
from transcripts.messages import MessageError


def codebook(place):
    with place.store.reading() as connection:
        return {row["key"]: row for row in codes.codes(connection, place.study["id"], archived=True)}


def sections(place):
    with place.store.reading() as connection:
        return codebooks.codebook_of(connection, place.study["id"])


def export(place, form):
    return export_codebook(place.store, place.study["id"], form)


def bring(place, brought, **options):
    import_codebook(place.store, "A", place.study["id"], brought, **options)


def preview(place, brought):
    return preview_import(place.store, place.study["id"], brought)


def test_the_starter_leaves_as_it_came(place):
    assert read_codebook(export(place, "yaml").decode()) == read_codebook((DOMAIN / "codebook.yaml").read_text("utf-8"))


@pytest.mark.parametrize("form", FORMS)
def test_what_was_exported_comes_in_without_any_change(place, form):
    found = codebook(place)
    move_code(place.store, "A", place.study["id"], found["prob.skills"]["id"], found["enab"]["id"])
    before, said = codebook(place), sections(place)
    brought = read_codebook_file(f"book.{form}", export(place, form))
    shown = preview(place, brought)
    assert (shown.added, shown.changed, shown.missing, shown.sections) == ([], [], [], [])
    bring(place, brought)
    after = codebook(place)
    assert {key: row | {"position": 0} for key, row in after.items()} == {
        key: row | {"position": 0} for key, row in before.items()
    }
    assert sections(place) == said


def with_codes(place, change):
    book = read_codebook(export(place, "yaml").decode())
    return Brought(replace(book, codes=tuple(code for one in book.codes for code in change(one))))


def test_codes_are_added_changed_and_kept_and_one_undo_takes_it_back(place):
    before = codebook(place)

    def change(code):
        if code.key == "prob.skills":
            return [
                replace(code, label_en="Skills"),
                replace(code, key="prob.own", short="", label_en="Own", label_ru=""),
            ]
        return [] if code.key == "prob.low_ict" else [code]

    brought = with_codes(place, change)
    shown = preview(place, brought)
    assert (shown.added, shown.changed, shown.missing) == (["Own"], ["Skills"], ["Weak use of ICT in daily work"])
    bring(place, brought)
    after = codebook(place)
    assert (after["prob.skills"]["label_en"], after["prob.own"]["parent_key"]) == ("Skills", "prob")
    assert not after["prob.low_ict"]["archived"]
    below = [key for key, row in after.items() if row["parent_key"] == "prob"]
    assert below[:2] == ["prob.skills", "prob.own"]
    undo_codebook(place.store, "B", place.study["id"])
    assert codebook(place) == before
    bring(place, brought, retire=True)
    assert codebook(place)["prob.low_ict"]["archived"]


def test_a_code_out_of_use_comes_back_with_a_file_that_has_it(place):
    book = export(place, "yaml")
    archive_code(place.store, "A", place.study["id"], place.codes["prob.skills"], archived=True)
    brought = read_codebook_file("book.yaml", book)
    assert preview(place, brought).changed == ["Skills shortage among officials"]
    bring(place, brought)
    assert not codebook(place)["prob.skills"]["archived"]


def test_a_table_with_few_columns_leaves_the_rest_as_it_is(place):
    before = codebook(place)
    table = "key;parent;label_ru\nprob;;Беды\nprob.skills;prob;Мало умений\nprob.own;prob;Своё\n"
    bring(place, read_codebook_file("book.csv", table.encode()))
    after = codebook(place)
    assert after["prob.skills"] == before["prob.skills"] | {
        "label_ru": "Мало умений", "position": after["prob.skills"]["position"],
    }  # fmt: skip
    assert after["prob"]["polarity"] == after["prob.own"]["polarity"] == "negative"
    assert sections(place)["rules"]


def test_a_name_that_two_codes_would_have_is_refused_before_anything_is_written(place):
    table = "key,parent,short,label_en\nprob,,,Problems\nprob.own,prob,P01,Own\n"
    brought = read_codebook_file("book.csv", table.encode())
    for act in (preview, bring):
        with pytest.raises(CodebookProblem, match="name of two codes"):
            act(place, brought)
    assert "prob.own" not in codebook(place)


def test_formulas_are_defused_on_the_way_out_and_come_back_as_they_were(place):
    change_code(place.store, "A", place.study["id"], place.codes["prob.skills"], label_en="=1+1")
    sheet = load_workbook(BytesIO(export(place, "xlsx"))).active
    assert "=1+1" in [cell.value for column in sheet.columns for cell in column]
    for form in ("xlsx", "csv"):
        assert preview(place, read_codebook_file(f"book.{form}", export(place, form))).changed == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.yaml", b"\xff\xfe\x00"), ("a.yaml", b"roots: []"), ("a.csv", b"a,b\n1,2"), ("a.yaml", b"x" * 9_000_000)],
)
def test_what_is_no_codebook_ends_in_a_sentence(name, content):
    with pytest.raises(MessageError):
        read_codebook_file(name, content)
    with pytest.raises(UnreadableTable):
        read_codebook_file("a.xlsx", b"")


def differences(place):
    number = versions(place.store, place.study["id"])[0].number
    found = compare_versions(place.store, place.study["id"], number - 1, number).differences
    return [(one.kind, one.part, one.name[0]) for one in found]


def test_rules_attributes_and_works_are_changed_with_a_version(place):
    said = sections(place)
    rules = [*said["rules"][1:], {"en": "Never code alone.", "ru": ""}]
    change_rules(place.store, "A", place.study["id"], rules)
    assert sections(place)["rules"][-1] == {"key": "never_code_alone", "en": "Never code alone.", "ru": ""}
    assert sorted(differences(place)) == [("added", "rules", "never_code_alone"), ("removed", "rules", "unit")]
    values = [{"label_en": "Calm", "label_ru": ""}, {"label_en": ""}, {"label_en": "All"}]
    own = {"label_en": "Tone", "label_ru": "Тон", "values": values}
    change_attributes(place.store, "A", place.study["id"], [*said["attributes"], own])
    stored = sections(place)["attributes"][-1]
    assert stored["key"] == "tone"
    assert stored["values"] == [
        {"key": "calm", "label_en": "Calm", "label_ru": "Calm"}, {"key": "all_2", "label_en": "All", "label_ru": "All"},
    ]  # fmt: skip
    change_literature(place.store, "A", place.study["id"], [*said["literature"], ("", "Own 2024", "")])
    assert differences(place) == [("added", "literature", "own_2024")]
    number = len(versions(place.store, place.study["id"]))
    change_literature(place.store, "A", place.study["id"], sections(place)["literature"])
    assert len(versions(place.store, place.study["id"])) == number
    for ours in ("all", "-"):
        with pytest.raises(CodebookProblem, match="cannot be the key of a value"):
            change_attributes(
                place.store, "A", place.study["id"], [own | {"values": [{"key": ours, "label_en": "Any"}]}]
            )
    with pytest.raises(CodebookProblem, match="listed twice"):
        change_rules(place.store, "A", place.study["id"], [{"key": "a", "en": "x"}, {"key": "a", "en": "y"}])
