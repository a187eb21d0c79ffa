"""Delete a study together with what readers can open of it."""

from survey_app.actions.rights import needs
from survey_app.actions.standing import standing_releases
from survey_app.actions.studies import delete_study, need_confirmed
from survey_app.actions.unrecorded import unrecorded
from survey_app.actions.withdrawing import take_down
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@needs(Role.OWNER)
def names_that_stand(store: Store, study: Row) -> list[str]:
    """Names in addresses under which readers can open something of the study."""
    return list(dict.fromkeys([*(row["slug"] for row in standing_releases(store, study)), *unrecorded(store, study)]))


@needs(Role.OWNER)
def take_down_and_delete(store: Store, person: str, study: Row, confirmed_slug: str) -> int:
    """Leave notices in the place of all versions, then erase the study; returns how many notices. Raises StudyProblem
    before anything is done, and UnwritableRelease with the study still there."""
    need_confirmed(study, confirmed_slug)
    count = sum(take_down(store, person, study, slug) for slug in names_that_stand(store, study))
    delete_study(store, study, confirmed_slug)
    return count
