"""How a study is published: what is chosen is kept, and a merging is taken only instead of what was chosen."""

import pytest

from survey_app.actions.publishing_plan import PlanProblem, plan_of, take_proposal
from survey_app.actions.results import segmentations
from survey_app.actions.studies import need_study


def test_a_merging_of_a_grouping_that_is_not_to_be_published_is_refused_and_nothing_changes(store):
    study = need_study(store, "demo-en")
    before = plan_of(store, study), segmentations(store, study)
    assert "by_group" not in {each.key for each in before[0].segmentations}
    with pytest.raises(PlanProblem, match="not among the groupings"):
        take_proposal(store, "A", study, "by_group")
    assert (plan_of(store, study), segmentations(store, study)) == before
