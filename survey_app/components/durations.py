"""How long something takes, as people say it: never to the second."""

from survey_app.language import _, ngettext

HALF_A_MINUTE, A_MINUTE, AN_HOUR = 15, 45, 3600 * 0.95
"""Seconds from which it is said so."""


def duration(seconds: float) -> str:
    """A few seconds, about half a minute, minutes or hours."""
    if seconds < HALF_A_MINUTE:
        return _("a few seconds")
    if seconds < A_MINUTE:
        return _("about half a minute")
    if seconds < AN_HOUR:
        return ngettext("about {count} minute", "about {count} minutes", max(1, round(seconds / 60)))
    return ngettext("about {count} hour", "about {count} hours", max(1, round(seconds / 3600)))
