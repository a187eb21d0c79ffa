"""Who has withdrawn does not come back under a new key: the gate asks first whether they are the same person."""

import pytest

from survey_app.actions.gate import PublishingRefused, gate
from survey_app.actions.publishing import publish
from survey_app.actions.studies import need_study
from survey_app.actions.withdrawing import take_expert_back, withdraw_expert
from survey_app.store import experts, schema

pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def roster(store, study):
    with store.reading() as connection:
        return {row["key"]: row for row in experts.experts(connection, study["id"])}


def rename(store, study, key, **names):
    with store.change(study["id"], "A", "test") as change:
        change.update(schema.expert, roster(store, study)[key]["id"], **names)


def told(store, study):
    return [str(reason) for reason in gate(store, study).reasons if "withdrawn" in str(reason)]


WHO = (
    "L2 bears a name of S2, who has withdrawn. If they are one person, withdraw L2, too; if they are two, tell their "
    "names apart on the page “Experts”."
)


@pytest.mark.parametrize("spelling", ["as it is", "capitals", "as another name"])
def test_nothing_goes_out_while_somebody_bears_the_name_of_one_who_has_withdrawn(store, study, spelling):
    withdraw_expert(store, "A", study, "S2", republish=False)
    assert told(store, study) == []
    name = roster(store, study)["S2"]["name"]
    rename(
        store, study, "L2",
        **{"other_names": [f"Dr. {name}"]} if spelling == "as another name" else
        {"name": name.upper() if spelling == "capitals" else name},
    )  # fmt: skip
    assert told(store, study) == [WHO]
    with pytest.raises(PublishingRefused) as refused:
        publish(store, "A", study)
    assert WHO in map(str, refused.value.reasons)


def test_a_name_that_the_withdrawn_expert_once_bore_counts_too(store, study):
    name = roster(store, study)["S2"]["name"]
    rename(store, study, "S2", name="Somebody Else", other_names=[])
    withdraw_expert(store, "A", study, "S2", republish=False)
    assert told(store, study) == []
    rename(store, study, "L2", name=name)
    assert told(store, study) == [WHO]


@pytest.mark.parametrize("way", ["withdrawn too", "told apart", "taken back"])
def test_the_gate_opens_once_somebody_has_said_who_they_are(store, study, way):
    withdraw_expert(store, "A", study, "S2", republish=False)
    rename(store, study, "L2", name=roster(store, study)["S2"]["name"], other_names=[])
    if way == "withdrawn too":
        withdraw_expert(store, "A", study, "L2", republish=False)
    elif way == "told apart":
        rename(store, study, "L2", name="Quite Another")
    else:
        take_expert_back(store, "A", study, "S2")
    assert told(store, study) == []
