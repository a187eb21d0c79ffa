"""What readers can open already binds what is published next, under whatever name, and what was released by hand holds
for just what somebody saw."""

import pytest

from survey_app.actions.gate import PublishingRefused, gate
from survey_app.actions.publishing import publish
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.quotes import QuoteProblem, cells_behind, decide_quote, quotable
from survey_app.actions.released_cells import unrelease_cell
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.results import Layer
from survey_app.actions.standing import quotes_taken_back, standing_releases
from survey_app.actions.studies import need_study
from survey_app.actions.withdrawing import (
    WithdrawalProblem,
    declare_gone,
    publish_anew,
    publish_instead,
    take_down,
    withdraw_expert,
)
from survey_app.publishing.folders import withdrawn_in
from survey_app.settings import settings
from survey_app.store import schema

ADJUDICATED = Layer("adjudicated")
SKILLS = ("five_segments", "local", "prob.skills")
pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def published(store, study, quickly):
    """The demo as it stands, frozen quickly: what is asked here is what the store keeps of it."""
    return publish(store, "A", study)


def change(store, study, table, where, **values):
    with store.change(study["id"], "A", "test") as writing:
        for row in writing.connection.execute(table.select().where(where)).mappings().all():
            writing.update(table, row["id"], **values)


@pytest.mark.usefixtures("published")
def test_what_is_hidden_again_is_hidden_in_no_version_as_long_as_another_shows_it(store, study, tmp_path):
    assert gate(store, study).passed
    unrelease_cell(store, "A", study, SKILLS)
    report = gate(store, study)
    assert [str(reason) for reason in report.reasons] == [
        "Version 1 of “demo-en” shows 2 numbers that this version hides. Let this version take its place."
    ]
    for wish in ({}, {"slug": "another-name"}, {"folder": tmp_path}):
        with pytest.raises(PublishingRefused, match="shows 2 numbers that this version hides"):
            publish(store, "A", study, **wish)
    assert gate(store, study, replacing=[row["id"] for row in standing_releases(store, study)]).passed


@pytest.mark.usefixtures("published")
def test_a_version_takes_the_place_of_all_that_stand_whatever_their_names(store, study):
    publish(store, "A", study, slug="panel")
    unrelease_cell(store, "A", study, SKILLS)
    done = publish_instead(store, "A", study)
    assert (done.made[0].name, done.withdrawn, done.problems) == ("v2", 2, [])
    assert [(row["slug"], row["version"]) for row in standing_releases(store, study)] == [("demo-en", 2)]
    assert withdrawn_in(settings().releases_folder, "panel") == [1]
    notice = (settings().releases_folder / "demo-en" / "v1" / "index.html").read_text("utf-8")
    assert "A newer version stands in its place." in notice
    assert "Вместо неё опубликована более новая версия." in notice


@pytest.mark.usefixtures("published")
def test_a_study_without_one_expert_is_published_anew_but_not_beside_the_old(store, study):
    withdraw_expert(store, "A", study, "S2", republish=False)
    with pytest.raises(PublishingRefused, match=r"show 1 expert alone \(no longer counted\)"):
        publish(store, "A", study)
    done = publish_anew(store, "A", study)
    assert ([made.name for made in done.made], done.withdrawn, done.problems) == (["v2"], 1, [])


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("how", ["consent", "withheld"])
def test_it_is_told_how_many_quotes_would_not_go_out_today(store, study, how):
    assert quotes_taken_back(store, study) == 0
    theirs = [row for row in quotable(store, study, ADJUDICATED) if row["expert_id"] == "L1"]
    theirs = [row for row in theirs if row["decision"] == "released"]
    if how == "consent":
        change(store, study, schema.expert, schema.expert.c.key == "L1", consent="no")
    else:
        decide_quote(store, "A", study, theirs[0]["statement_id"], "withheld")
    assert quotes_taken_back(store, study) == (len(theirs) if how == "consent" else 1)
    publish_instead(store, "A", study)
    assert quotes_taken_back(store, study) == 0


def test_a_quote_of_few_is_released_for_just_the_cells_that_were_seen(store, study):
    few = next(row for row in quotable(store, study, ADJUDICATED) if row["seen"] and row["decision"] == "released")
    behind = cells_behind(store, study, few["statement_id"])
    assert behind
    with pytest.raises(QuoteProblem, match="Only one or two experts of the segment say this"):
        decide_quote(store, "A", study, few["statement_id"], "released", seen=sorted(behind)[1:])
    decide_quote(store, "A", study, few["statement_id"], "released", seen=behind)

    def goes_out(*keys):
        kept, _notices = fit_quotes(store, study, plan_of(store, study, keys), ADJUDICATED)
        return few["statement_id"] in {quote.statement_id for quote in kept}

    assert goes_out("five_segments")
    assert not goes_out("by_group")  # other segments: other cells, which nobody was shown
    (segmentation, segment, code, k, n), *others = sorted(behind)
    change(
        store, study, schema.quote_decision, schema.quote_decision.c.statement_id == few["statement_id"],
        seen_cells=[[segmentation, segment, code, k + 1, n], *others],
    )  # fmt: skip
    assert not goes_out("five_segments")  # one expert fewer says it now than when somebody looked


def test_an_unknown_decision_is_refused_in_a_sentence(store, study):
    row = quotable(store, study, ADJUDICATED)[0]
    with pytest.raises(QuoteProblem, match="nothing else"):
        decide_quote(store, "A", study, row["statement_id"], "zzz")


def test_a_cell_of_all_is_released_for_just_these_experts(store, study):
    assert SKILLS in plan_of(store, study).rule.released
    with store.reading() as connection:
        experts = connection.execute(schema.expert.select().where(schema.expert.c.study_id == study["id"])).mappings()
        home = {row["key"]: (row["id"], row["group_id"]) for row in experts.all()}
    local, other = "L1", "S2"
    change(store, study, schema.expert, schema.expert.c.id == home[local][0], group_id=home[other][1])
    change(store, study, schema.expert, schema.expert.c.id == home[other][0], group_id=home[local][1])
    assert SKILLS not in plan_of(store, study).rule.released  # as many experts, but another among them


def test_what_all_said_is_said_by_those_who_stay(store, study):
    """Somebody leaves: of the others readers know no more than before."""
    before = plan_of(store, study).rule.released
    withdraw_expert(store, "A", study, "R1", republish=False)
    assert plan_of(store, study).rule.released == before


def test_a_direct_call_leaves_notices_too_so_that_two_versions_never_stand_side_by_side(store, study, published):
    unrelease_cell(store, "A", study, SKILLS)
    made = publish(store, "A", study, replacing=[row["id"] for row in standing_releases(store, study)])
    assert made.name == "v2"
    assert [row["version"] for row in standing_releases(store, study)] == [2]
    assert not (published / "release.json").exists()


def test_a_version_that_cannot_be_reached_is_judged_until_somebody_says_that_it_is_gone(
    store, study, tmp_path, published
):
    there = tmp_path / "there"
    publish(store, "A", study, folder=there)
    away = there.rename(tmp_path / "away")
    unrelease_cell(store, "A", study, SKILLS)
    with pytest.raises(PublishingRefused, match="Version 2 of “demo-en” shows 2 numbers"):
        publish_instead(store, "A", study)
    (row,) = [each for each in standing_releases(store, study) if each["manifest"]["elsewhere"]]
    with pytest.raises(PublishingRefused, match="cannot be reached"):
        publish(store, "A", study, replacing=[each["id"] for each in standing_releases(store, study)])
    assert (published / "release.json").exists()
    with pytest.raises(WithdrawalProblem, match="cannot be reached"):
        take_down(store, "A", study, "demo-en")
    assert [each["id"] for each in standing_releases(store, study)] == [row["id"]]
    declare_gone(store, "A", study, row["id"])
    assert publish(store, "A", study).name == "v3"
    assert away.is_dir()


def test_one_that_can_be_reached_is_taken_down_and_not_declared_gone(store, study, published):
    assert published.is_dir()
    (row,) = standing_releases(store, study)
    with pytest.raises(WithdrawalProblem, match="Take it down instead"):
        declare_gone(store, "A", study, row["id"])
