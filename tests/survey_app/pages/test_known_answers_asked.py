"""The demo's known answers on problems against enablers, on the form and on the moderator, read off the screen as its
reader sees them (D9, D16 to D20)."""

import pytest

from survey_app.actions.demo import SLUGS
from survey_app.actions.studies import need_study
from survey_app.store import codes as code_rows
from survey_app.store import schema, sources, studies
from tests.survey_app.pages.opening import open_page
from tests.survey_app.pages.test_dashboard import findings, open_dashboard
from tests.survey_app.pages.test_known_answers import SKILLS, line, table
from tests.survey_app.views.conftest import EXPECTED, GROUPS

pytestmark = pytest.mark.usefixtures("data_folder")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_d9_codings_of_problems_and_enablers_by_group(language):
    app = open_dashboard(f"demo-{language}", language, chapter="forces")
    found = table(app, "balance")
    known = EXPECTED["problem_enabler_applications_by_group"]
    expected = [[known[group][root] for root in ("prob", "enab")] for group in GROUPS]
    assert found.iloc[1:, 1:3].to_numpy().tolist() == expected
    assert found.iloc[0, 1:3].tolist() == [sum(each) for each in zip(*expected, strict=True)]
    assert "22 : 4" in findings(app)[1]
    assert "5 : 22" in findings(app)[1]


def test_d16_how_grave_the_skills_shortage_is():
    app = open_dashboard("demo-en", question="t2.c1", line="t2.c1.skills")
    means = dict(zip(table(app, "answers").iloc[:, 0], table(app, "answers")["mean"], strict=True))
    assert (means["Local authorities"], means["Business structures"]) == (5, 2)
    assert round(means["All experts"], 2) == 3.47
    answered = dict(zip(table(app, "answers").iloc[:, 0], table(app, "answers")["answered"], strict=True))
    assert answered["All experts"] == "19 of 20"
    rights = open_dashboard("demo-en", question="t2.c1", line="t2.c1.rights")
    assert "19 of 20" in table(rights, "answers")["answered"].tolist()


def test_d17_talk_and_form():
    found = table(open_page("beside", "demo-en"), "talk")
    for matter, rho in (
        ("insufficient qualification of officials", "0.665"), ("insufficient interdepartmental exchange", "0.808"),
        ("lack of funding", "0.683"), ("risks for rights and data", "0.708"),
    ):  # fmt: skip
        assert line(found, matter)["Spearman's rho"] == rho
    skills = line(found, "insufficient qualification of officials")
    assert (skills["says it, rates it low"], skills["silent, rates it high"]) == ("S1", "R3")
    assert line(found, "insufficient interdepartmental exchange")["silent, rates it high"] == "N2"
    assert line(found, "lack of funding")["silent, rates it high"] == "C1, C3, N3"


def test_d18_d19_the_ladder_and_the_targets():
    app = open_page("beside", "demo-en")
    assert "From 2.1 to 3.15 on average" in findings(app)[5]
    found = table(app, "targets")
    for target, segment, mean in (
        ("Over 70 % of interactions digital", "Federal authorities", "87.5"),
        ("Over 70 % of interactions digital", "Local authorities", "40"),
        ("Almost 100 % electronic document flow", "State corporations", "87.5"),
        ("Almost 100 % electronic document flow", "Local authorities", "30"),
    ):
        row = found[(found["Target"] == target) & (found["Segment"] == segment)].iloc[0]
        assert str(row["mean"]) == mean
    share = found[(found["Target"] == "Over 70 % of interactions digital") & (found["Segment"] == "All experts")]
    assert share["judged"].tolist() == ["19 of 20"]


def test_d20_what_the_moderator_says_changes_nothing(store):
    """The five times that the moderator says "skills" are coded, by mistake, as if an expert had."""
    study = need_study(store, SLUGS["en"])
    before = table(open_dashboard("demo-en"), "codes")
    with store.change(study["id"], "A", "import_codings") as change:
        connection = change.connection
        skills = next(row for row in code_rows.codes(connection, study["id"]) if row["key"] == "prob.skills")
        moderators = {
            (row["source_id"], row["display_name"])
            for row in sources.speakers(connection, study["id"], "session")
            if row["role"] == "moderator"
        }
        coder = studies.coders(connection, study["id"])[0]["id"]
        said = []
        for source in sources.sources(connection, study["id"], "session"):
            text = sources.source(connection, source["id"])["text"]
            for turn in sources.turns(connection, source["id"]):
                words = text[turn["start"] : turn["end"]].lower()
                if (source["id"], turn["speaker"]) in moderators and "skills" in words:
                    said += [(source["id"], turn["start"], turn["end"])] * words.count("skills")
        assert len(said) == EXPECTED["moderator_words"]["en_skills"]
        change.insert(
            schema.coding,
            [{"source_id": source, "start": start, "end": end, "code_id": skills["id"], "coder_id": coder,
              "created_at": "2026-01-01T00:00:00+00:00", "layer": "adjudicated"} for source, start, end in set(said)],
        )  # fmt: skip
    after = table(open_dashboard("demo-en"), "codes")
    assert after.equals(before)
    assert line(after, SKILLS)["All"] == "10/20"
