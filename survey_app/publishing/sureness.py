"""How sure one may be of a number, and what a study of few experts cannot say, in the language in force."""

from coding.inference import FEWEST_FOR_INTERVAL, wilson_interval
from survey_app.language import _, ngettext

LEAST_SHARE = 0.1


def words_of_sureness() -> dict[str, str]:
    """Sentences with braces k, n, low and high, for the page's script too: `many` where there is an interval."""
    return {
        "many": _(
            "{k} of {n}. These experts stand for themselves. If one could ask very many like them, the share who say "
            "it might well lie anywhere between {low} and {high} in a hundred (95 % interval)."
        ),
        "few": _(
            "{k} of {n}. This is what these people said, and no more: {n} are too few to conclude from them to others."
        ),
    }


def how_sure(k: int, n: int) -> str:
    """What k of n experts allow to be said of others like them; an interval from five experts on (Wilson 1927)."""
    words = words_of_sureness()
    if n < FEWEST_FOR_INTERVAL:
        return words["few"].format(k=k, n=n)
    low, high = wilson_interval(k, n)
    return words["many"].format(k=k, n=n, low=round(100 * low), high=round(100 * high))


def what_it_cannot_say(experts: int, smallest: int, *, quoted: bool, topics: bool, hidden: str) -> list[str]:
    """The limits, one sentence or two each."""
    heard = round(100 * (1 - (1 - LEAST_SHARE) ** experts))
    found = [
        ngettext(
            "How common a view is among all officials, firms or citizens. {count} expert was chosen for what they "
            "know, not drawn by lot.",
            "How common a view is among all officials, firms or citizens. {count} experts were chosen for what they "
            "know, not drawn by lot.",
            experts,
        ),
        _(
            "That a view which is missing here is not held. Who did not speak of something may still think it; a view "
            "that one in ten experts holds had a chance of {heard} in a hundred to be heard at least once.",
            heard=heard,
        ),
        ngettext(
            "That segments differ. The smallest has {count} expert: a difference of one or two people arises by "
            "chance, and none was tested.",
            "That segments differ. The smallest has {count} experts: a difference of one or two people arises by "
            "chance, and none was tested.",
            smallest,
        ),
        _("What causes what. Experts say what hinders and helps; the counts say how many of them do."),
    ]
    if quoted:
        found.append(_("That a quote is typical. Quotes were chosen among those that may be shown."))
    if topics:
        found.append(_("That topics are opinions. A model put together what sounds alike; nobody coded it."))
    return [*found, *([hidden] if hidden else [])]
