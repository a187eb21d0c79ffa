"""How many of the released quotes a version published now would hold."""

from dataclasses import dataclass

from survey_app.actions.gate import cells_of_plan, told_quotes
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.store import studies
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@dataclass(frozen=True, slots=True)
class QuotesOut:
    """`going` of the `released` quotes; the others were released too, and something keeps them back."""

    going: int
    released: int

    @property
    def most_stay(self) -> bool:
        """Whether more than half fall out."""
        return 2 * self.going < self.released


@needs(Role.RESEARCHER)
def quotes_out(store: Store, study: Row) -> QuotesOut:
    """By the plan as it is kept with the study."""
    with store.reading() as connection:
        released = studies.sizes(connection, study["id"])["quotes_released"]
    plan, frames = plan_of(store, study), frames_of(store, study["id"])
    layer = layers(frames)[0]
    kept, _notices = fit_quotes(store, study, plan, layer)
    if not kept:
        return QuotesOut(0, released)
    return QuotesOut(told_quotes(frames, plan, kept, cells_of_plan(store, study, plan, layer, kept)), released)
