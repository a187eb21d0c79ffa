"""Versions that readers can open: which stand, and what of them may no longer be shown."""

from survey_app.actions.released_quotes import consenting, released_quotes
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.publishing.standing import version_of, words_hash
from survey_app.store import results as result_rows
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@needs(Role.RESEARCHER)
def standing_releases(store: Store, study: Row) -> list[Row]:
    """Versions of the study that readers can open, newest first."""
    with store.reading() as connection:
        found = result_rows.releases(connection, study["id"])
    return [row for row in found if is_standing(row)]


def is_standing(release: Row) -> bool:
    """Whether readers can open it: it is no notice."""
    return not release["manifest"].get("withdrawn_at")


@needs(Role.RESEARCHER)
def quotes_taken_back(store: Store, study: Row) -> int:
    """How many quotes readers can open that would not go out today in these words: their experts have withdrawn them or
    no longer agree to be quoted, the words have changed, or somebody withholds them."""
    versions = [known for row in standing_releases(store, study) if (known := version_of(row))]
    if not any(version.quotes for version in versions):
        return 0
    layer = layers(frames_of(store, study["id"]))[0]
    fit = {quote.statement_id: words_hash(quote.text) for quote in consenting(released_quotes(store, study, layer))}
    return len({name for version in versions for name, words in version.quotes.items() if fit.get(name) != words})
