"""A report for readers holds the numbers and quotes that the gate lets out, and one for the team says that it is."""

import pytest

from coding.segments import ALL
from survey_app.__main__ import main
from survey_app.actions.gate import PublishingRefused, cells_to_publish
from survey_app.actions.handed_out import handed_out, nobody_reads
from survey_app.actions.publishing_plan import choose_plan
from survey_app.actions.readers_report import readers_report
from survey_app.actions.released_cells import unrelease_cell
from survey_app.actions.report_files import ForReaders, report_files
from survey_app.actions.reporting import Wish, report_of
from survey_app.actions.results import frames_of, layers, segmentation
from survey_app.actions.reviewing import reopen_review
from survey_app.actions.studies import need_study
from survey_app.language import use
from tests.survey_app.actions.test_report_files import parts_of
from tests.survey_app.actions.undecided_demo import state


@pytest.fixture
def study(store, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nothing/here")
    return need_study(store, "demo-en")


def report(store, study):
    with use("en"):
        return readers_report(store, study)


def test_its_numbers_are_the_cells_that_would_be_published_and_hidden_ones_are_said_to_be(store, study):
    place = ("five_segments", "local", "prob.skills")
    unrelease_cell(store, "A", study, place)
    parts = report(store, study).parts
    cells = cells_to_publish(store, study).set_index(["segmentation", "segment", "code_id"])
    assert not cells.loc[place, "shown"]
    seen = 0
    for part in parts:
        (by,) = {key for key in cells.index.get_level_values(0) if part.key.endswith(key)}
        merged = segmentation(store, study, by)
        columns = [ALL, *merged.keys]
        for code, row in part.table.iterrows():
            for segment, said in zip(columns, row.iloc[1:], strict=True):
                cell = cells.loc[(by, segment, code)]
                assert said == (f"{cell['k']:.0f} of {cell['n']:.0f}" if cell["shown"] else "hidden")
                seen += 1
    assert seen > 100
    assert any("hidden" in row for part in parts for row in part.table.astype(str).to_numpy().tolist() for row in row)


def test_a_chart_shows_the_codes_of_which_no_number_is_hidden(store, study):
    def drawn():
        parts = report(store, study).parts
        return {part.key: str(part.figures.whole.to_plotly_json()) for part in parts if part.figures}

    before = drawn()
    for row in handed_out(store, study):
        nobody_reads(store, "", study, row["id"])
    assert "Skills shortage" in before["problems-five_segments"]
    unrelease_cell(store, "A", study, ("five_segments", "local", "prob.skills"))
    after = drawn()
    assert after.keys() == before.keys()
    assert "Skills shortage" not in after["problems-five_segments"]
    assert "Lack of funding" in after["problems-five_segments"]


def test_a_review_that_is_open_shuts_it_and_leaves_the_report_for_the_team(store, study):
    assert any(part.quotes for part in report(store, study).parts)
    reopen_review(store, "A", study["id"], state(store, study).source_id)
    with pytest.raises(PublishingRefused, match="The review of “S-A” is not finished"):
        report(store, study)
    frames = frames_of(store, study["id"])
    with use("en"):
        wish = Wish(frames, segmentation(store, study, "by_group"), layers(frames)[0], ("problems",))
        inside = report_of(store, study, wish)
    assert inside.internal
    assert inside.audience.startswith("Internal: for the team alone, not for readers.")


def test_segments_that_are_too_small_shut_it(store, study):
    choose_plan(store, "A", study["id"], keys=["by_group"], smallest=3, strict=False)
    with pytest.raises(PublishingRefused, match="a published segment needs at least 3"):
        report_files(store, study, ForReaders(), languages=["en"], forms=["docx"])


def test_each_file_says_for_whom_it_is(store, study):
    files = report_files(store, study, ForReaders(), languages=["en"], forms=["docx", "pptx", "xlsx"])
    assert list(files) == [f"demo-en-report-en.{form}" for form in ("docx", "pptx", "xlsx")]
    assert all(
        "For readers: it holds what the gate of publishing lets out." in parts_of(each) for each in files.values()
    )
    frames = frames_of(store, study["id"])
    wish = Wish(frames, segmentation(store, study, "five_segments"), layers(frames)[0], ("problems",))
    files = report_files(store, study, wish, languages=["en"], forms=["docx", "pptx", "xlsx"])
    assert list(files) == [f"demo-en-internal-report-en.{form}" for form in ("docx", "pptx", "xlsx")]
    assert all("Internal: for the team alone" in parts_of(each) for each in files.values())


def test_what_it_cannot_say_stands_under_a_head_of_its_own(store, study):
    made = report(store, study)
    heads = [head for head, _lines in made.closing]
    assert heads == ["How it was done", "What this cannot say"]
    assert made.limits[2].startswith("That segments differ.")
    assert not set(made.limits) & set(made.how)
    assert not any("other machine" in line for line in made.how)
    files = report_files(store, study, ForReaders(), languages=["en"], forms=["docx", "pptx", "xlsx"])
    for each in files.values():
        told = parts_of(each)
        assert told.index("How it was done") < told.index("What this cannot say") < told.index("That segments differ.")


def test_on_the_command_line_it_is_for_readers_unless_somebody_says_otherwise(store, study, tmp_path, capsys):
    assert main(["report", "--study", "demo-en", "--to", str(tmp_path / "out"), "--form", "docx"]) == 0
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["demo-en-report-en.docx"]
    reopen_review(store, "A", study["id"], state(store, study).source_id)
    assert main(["report", "--study", "demo-en", "--to", str(tmp_path / "no")]) == 2
    assert "is not finished" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
    words = ["report", "--study", "demo-en", "--to", str(tmp_path / "team"), "--form", "docx", "--internal"]
    assert main(words) == 0
    assert [each.name for each in (tmp_path / "team").iterdir()] == ["demo-en-internal-report-en.docx"]
    assert main(["report", "--study", "demo-en", "--to", str(tmp_path), "--form", "odt"]) == 2
    assert "“odt” is no form of a report" in capsys.readouterr().err
