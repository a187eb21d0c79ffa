"""What was given to readers without a page of ours binds what is published next, as versions do that stand."""

import pytest

from survey_app.actions.backing_up import back_up
from survey_app.actions.depositing import deposit
from survey_app.actions.gate import PublishingRefused, gate
from survey_app.actions.groups import merge_groups
from survey_app.actions.handed_out import handed_out, nobody_reads
from survey_app.actions.publishing import publish
from survey_app.actions.readers_report import readers_report
from survey_app.actions.released_cells import unrelease_cell
from survey_app.actions.restoring_study import restore
from survey_app.actions.rights import NotPermitted
from survey_app.actions.standing import standing_releases
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.log import rows

OTHER_FIVE = {
    "fed": "A", "reg": "B", "loc": "A", "corp": "S", "rmc": "S", "civ": "C", "bus": "D", "sci": "D",
}  # fmt: skip
"""Federal and local experts together: less the local ones of the usual segments, two federal ones are left."""
SKILLS = ("five_segments", "local", "prob.skills")
pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def other_five(store, study):
    return merge_groups(store, "A", study["id"], title="Other five", counted_as=OTHER_FIVE)


def refused(report):
    assert not report.passed
    return " ".join(map(str, report.reasons))


def test_a_version_is_judged_beside_a_package_that_was_given_out(store, study):
    assert gate(store, study).passed
    deposit(store, study, [other_five(store, study)], person="A")
    study = need_study(store, "demo-en")
    told = refused(gate(store, study))
    assert "show 2 experts alone" in told
    assert "in what was given out (the deposit package of " in told
    assert "Nothing takes the place of what was given out besides: the deposit package of " in told
    with pytest.raises(PublishingRefused):
        publish(store, "A", study)
    everything = [row["id"] for row in [*standing_releases(store, study), *handed_out(store, study)]]
    assert not gate(store, study, replacing=everything).passed
    (row,) = handed_out(store, study)
    assert (row["kind"], row["name"], row["person"]) == ("deposit", "demo-en-deposit.zip", "A")
    nobody_reads(store, "A", study, row["id"])
    assert handed_out(store, study) == []
    assert gate(store, study).passed


def test_the_same_is_noted_once_and_stands_in_the_log(store, study):
    deposit(store, study)
    deposit(store, study)
    readers_report(store, study, quotes=False)
    readers_report(store, study, quotes=False)
    assert [row["kind"] for row in handed_out(store, study)][::-1] in (["deposit", "report"], ["report", "deposit"])
    with store.reading() as connection:
        assert len(rows(connection, schema.change.select().where(schema.change.c.verb == "hand_out"))) == 2
    readers_report(store, study)
    assert len(handed_out(store, study)) == 3


def test_a_number_that_a_report_shows_is_hidden_in_no_version(store, study):
    readers_report(store, study)
    unrelease_cell(store, "A", study, SKILLS)
    told = refused(gate(store, study))
    assert "2 numbers that this version hides are shown in what readers have already: the report for readers of" in told


def test_a_package_is_refused_beside_a_report(store, study):
    readers_report(store, study)
    with pytest.raises(PublishingRefused, match="show 2 experts alone"):
        deposit(store, study, [other_five(store, study)])


def test_a_copy_knows_what_readers_can_open_of_the_study_that_it_was_made_of(store, study, tmp_path):
    before = back_up(store, study, tmp_path / "before.zip")
    deposit(store, study)
    publish(store, "A", study, folder=tmp_path / "site")
    after = back_up(store, need_study(store, "demo-en"), tmp_path / "after.zip")
    for file, name in ((before, "one"), (after, "two")):
        copy = restore(store, file, slug=name).study
        assert standing_releases(store, copy) == []
        assert sorted((row["kind"], row["name"]) for row in handed_out(store, copy)) == [
            ("copy", "demo-en v1"), ("deposit", "demo-en-deposit.zip"),
        ]  # fmt: skip
        told = refused(gate(store, copy, [other_five(store, copy)]))
        assert "“demo-en v1” (known from a copy)" in told
        assert gate(store, copy).passed  # just what readers have already


def test_of_a_version_of_which_nothing_was_kept_nobody_knows_whom_it_counted(store, study, tmp_path):
    publish(store, "A", study, folder=tmp_path / "site")
    (row,) = standing_releases(store, study)
    with store.change(study["id"], "A", "test") as change:
        change.update(schema.release, row["id"], manifest={"hash": ""})
    copy = restore(store, back_up(store, study, tmp_path / "copy.zip"), slug="again").study
    assert "Nobody knows any more whom this counted: “demo-en v1” (known from a copy)." in refused(gate(store, copy))


def test_only_who_may_publish_can_say_that_nobody_reads_it(team):
    study, people = team
    owner, coder = people["owner"]
    with owner.change(study["id"], coder["key"], "test") as change:
        (handed,) = change.insert(schema.handed_out, {"study_id": study["id"], "kind": "deposit", "kept": {}})
    below, key = people["coder"]
    with pytest.raises(NotPermitted):
        nobody_reads(below, key["key"], study, handed)
    nobody_reads(owner, coder["key"], study, handed)
    assert handed_out(owner, study) == []
