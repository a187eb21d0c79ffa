"""The demo's known answers, read off the dashboard's tables as its reader sees them (D1 to D8, D10 to D13, D21)."""

import pandas as pd
import pytest

from coding.segments import Segment, Segmentation
from survey_app.actions.demo import SLUGS
from survey_app.actions.results import add_segmentation
from survey_app.actions.studies import need_study
from tests.survey_app.pages.looks import as_tables
from tests.survey_app.pages.test_dashboard import findings, open_dashboard

pytestmark = pytest.mark.usefixtures("data_folder")

SKILLS, INTERAGENCY = "Skills shortage among officials", "Interdepartmental exchange not digital enough"
FEEDBACK, INITIATIVE = "Improved feedback mechanism", "Platforms of civic initiative"
RIGHTS = "Rights, freedoms and data at risk"
CONTRASTS = {
    "d3": (SKILLS, ("reg", "loc"), ("civ", "bus"), ("5 of 6", "0 of 5"), "0.0152"),
    "d4": (INTERAGENCY, ("reg", "loc", "rmc"), ("fed", "corp", "civ", "bus", "sci"), ("8 of 8", "1 of 12"), "< 0.0001"),
    "d5": (FEEDBACK, ("civ", "rmc"), ("corp", "bus", "loc"), ("5 of 5", "0 of 7"), "0.0013"),
    "d6": (INITIATIVE, ("civ",), ("fed", "reg", "loc", "corp", "bus", "sci", "rmc"), ("3 of 3", "0 of 17"), "0.0009"),
    "d7": (RIGHTS, ("fed", "reg", "loc"), ("corp", "civ", "bus", "sci", "rmc"), ("2 of 8", "4 of 12"), "1.00"),
}  # fmt: skip
"""Code, two merged groups, what each says, and Fisher's p."""


def table(app, key):
    """The table of a section."""
    return next(one.value for one in as_tables(app, key).dataframe if one.key.startswith(f"{key}-table-"))


def line(found, code):
    """The row of a code, as text by column."""
    row = found[found.iloc[:, 0] == code].iloc[0]
    return {column: str(value) for column, value in row.items()}


def test_d1_d11_who_names_what_and_what_nobody_names():
    found = table(open_dashboard("demo-en"), "codes")
    assert [*line(found, SKILLS).values()][1:10] == [
        "1/2", "2/3", "3/3", "1/2", "0/3", "0/2", "2/3", "1/2", "10/20",
    ]  # fmt: skip
    assert line(found, "Almost 100 % electronic document flow")["All"] == "0/20"
    assert line(found, "Launch of 25 services")["All"] == "0/20"


def test_d2_three_of_three_against_none_of_two_proves_nothing():
    app = open_dashboard("demo-en", chapter="groups", first="loc", second="bus")
    row = line(table(app, "compared"), SKILLS)
    assert list(row.values())[1:3] == ["3 of 3", "0 of 2"]
    assert (row["p (Fisher)"], row["smallest p possible"]) == ("0.10", "0.10")
    assert "cannot show a difference" in findings(app)[1]


@pytest.mark.parametrize("key", CONTRASTS)
def test_d3_to_d7_merged_groups_differ_or_do_not(store, key):
    code, left, right, said, p = CONTRASTS[key]
    sides = (Segment("left", "Left", "Левые", left), Segment("right", "Right", "Правые", right))
    add_segmentation(store, "A", need_study(store, SLUGS["en"]), Segmentation(key, key, key, sides))
    app = open_dashboard("demo-en", chapter="groups", segments=key, first="left", second="right")
    row = line(table(app, "compared"), code)
    assert (row["Left"].split(" (")[0], row["Right"].split(" (")[0]) == said
    assert row["p (Fisher)"] == p


def test_d8_by_experts_and_by_statements():
    found = table(open_dashboard("demo-en", chapter="certainty"), "dominance")
    places = pd.to_numeric(found[found.columns[2]], errors="coerce")
    by_experts = found.loc[places.sort_values(kind="stable").index].iloc[:3, 0].tolist()
    assert by_experts == ["Better quality and access of services", SKILLS, INTERAGENCY]
    row = line(found, "Data-based management and saving")
    assert {"5 of 20", "12", "19", "1"} <= set(row.values())


def test_d10_nobody_adds_a_code_after_the_twelfth():
    found = table(open_dashboard("demo-en", chapter="certainty"), "saturation")
    numbers = found.select_dtypes("number") if len(found.select_dtypes("number").columns) else found
    columns = [numbers[name].astype(str).tolist() for name in numbers.columns]
    expected = [str(each) for each in [10, 19, 28, 30, 32, 35, 36, 38, 39, 40, 40, 41, *[41] * 8]]
    assert expected in columns


def test_d12_targets_in_documents_and_in_the_panel():
    found = table(open_dashboard("demo-en", chapter="documents"), "declared")
    for code, documents, experts in (
        ("Over 70 % of interactions digital", "2 of 2", "2 of 20"), ("All services electronic", "2 of 2", "1 of 20"),
        ("Almost 100 % electronic document flow", "1 of 2", "0 of 20"), ("Launch of 25 services", "1 of 2", "0 of 20"),
    ):  # fmt: skip
        row = line(found, code)
        assert (row["in documents"], row["Experts"]) == (documents, experts), code


def test_d13_codes_of_the_same_experts():
    found = table(open_dashboard("demo-en", chapter="together"), "together")
    for one, other, jaccard in (
        (SKILLS, "Unreadiness to work in new conditions", "0.333"), (SKILLS, INTERAGENCY, "0.462"),
        (FEEDBACK, "Social networking of authority and society", "0.556"),
    ):  # fmt: skip
        pair = found[(found.iloc[:, 0].isin([one, other])) & (found.iloc[:, 1].isin([one, other]))].iloc[0]
        assert str(pair["Jaccard"]) == jaccard, (one, other)


def test_d21_both_languages_count_the_same():
    for chapter, key in (("groups", "differ"), ("documents", "declared"), ("besides", "valued")):
        english = table(open_dashboard("demo-en", chapter=chapter), key)
        russian = table(open_dashboard("demo-ru", "ru", chapter=chapter), key)
        cells = [
            [[cell.replace(" of ", " из ").replace(",", ".") for cell in map(str, row[1:])] for row in found.to_numpy()]
            for found in (english, russian)
        ]
        assert [[c for c in row if c[:1].isdigit()] for row in cells[0]] == [
            [c for c in row if c[:1].isdigit()] for row in cells[1]
        ]
