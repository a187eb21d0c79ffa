"""Topics in a release: which run, and what readers would see of it."""

from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.results import frames_of, topics_frame
from survey_app.actions.rights import needs
from survey_app.publishing.topics import ReleasedTopics, publishable
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@needs(Role.RESEARCHER)
def topics_to_release(store: Store, study: Row) -> ReleasedTopics | None:
    """The topics that the study shows, as far as a release may; None where there are none."""
    run, assigned = topics_frame(store, study["id"])
    if run is None:
        return None
    found = ReleasedTopics(run["result"], assigned)
    return found if publishable(frames_of(store, study["id"]), found, plan_of(store, study).minimum) else None


@needs(Role.RESEARCHER)
def labels_of_topics(store: Store, study: Row) -> list[str]:
    """What readers would see of topics: their names and words."""
    found = topics_to_release(store, study)
    frames = frames_of(store, study["id"])
    listed = publishable(frames, found, plan_of(store, study).minimum) if found else []
    return [
        str(text)
        for topic in listed
        for text in (topic.get("name_en", ""), topic.get("name_ru", ""), *topic["words"])
        if text
    ]
