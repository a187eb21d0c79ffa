"""What the study card asks, in words: the name of each item, and what it means, by its key."""

from __future__ import annotations

from survey_app.language import _
from survey_app.publishing import coreq, srqr
from survey_app.publishing.study_card import COREQ_ASKED, SRQR_ASKED


def sections() -> dict[str, tuple[str, ...]]:
    """The parts of the card with the keys of what they ask for, in the order of the page."""
    return {
        _("The study"): ("abstract", "problem", "purpose", "context", "prior_work", "limits"),
        _("Those who asked"): (
            "interviewer", "credentials", "occupation", "gender", "training", "relationship", "known_of_interviewer",
            "stance",
        ),
        _("Approach and sampling"): ("orientation", "sampling", "approach", "stop_rule", "field_notes"),
        _("Checks"): ("returned", "checked_by_experts", "consistency"),
        _("Ethics and money"): ("ethics", "funding", "interests"),
    }  # fmt: skip


def name_of(key: str) -> str:
    """What an item is called, with its number in the checklist."""
    if key in COREQ_ASKED:
        number = COREQ_ASKED[key]
        return _("{name} (COREQ {number})", name=coreq.names()[number], number=number)
    number = SRQR_ASKED[key]
    return _("{name} (SRQR {number})", name=srqr.names()[number], number=number)


def meaning_of(key: str) -> str:
    """What is meant by an item, and what an answer looks like."""
    return {
        "abstract": _("Four or five sentences: question, whom you asked and how, what came out."),
        "problem": _("What is not known or disputed, and why it matters."),
        "purpose": _("What the study wants to find out, as a question."),
        "context": _("What was going on where and when the experts spoke: reforms, elections, a pandemic."),
        "prior_work": _("What earlier studies found, and what yours adds to them or contradicts."),
        "limits": _("What the study cannot say, and for whom it does not speak."),
        "interviewer": _("Who moderated. Readers will see what you write: a name only if the person agrees."),
        "credentials": _("Degrees of those who led the sessions, such as PhD or Doctor of Sociology."),
        "occupation": _("What they worked as when the sessions took place."),
        "gender": _("Of those who led the sessions, if they want it said."),
        "training": _("How they had learned to moderate, and how often they had done it."),
        "relationship": _("Whether they knew any of the experts before, and how."),
        "known_of_interviewer": _("What the experts were told of them: their aims, their reasons for the study."),
        "stance": _("Assumptions, interests and ties of theirs that could colour questions or coding."),
        "orientation": _("The approach behind the analysis: content analysis, grounded theory, thematic analysis …"),
        "sampling": _("How experts were chosen: by purpose, by chance, by snowball, from which list."),
        "approach": _("By what way they were asked to take part: letter, telephone, in person."),
        "stop_rule": _("By what rule you stopped inviting. Saturation itself is computed and stands in the note."),
        "field_notes": _("Whether notes were taken during or after the sessions, and by whom."),
        "returned": _("Whether experts got their transcripts to comment on or to correct."),
        "checked_by_experts": _("Whether experts saw the findings and what they said to them."),
        "consistency": _("How a reader can see that findings follow from what was said: quotes, counts, tables."),
        "ethics": _("Which board approved the study and under which number, or why none was asked; how consent was "
                    "given."),
        "funding": _("Who paid, with the number of the grant; and what they had to say in the study."),
        "interests": _("What could bias the authors, or that there is nothing of the kind."),
    }[key]  # fmt: skip
