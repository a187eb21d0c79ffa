"""How a study was done, fact by fact, in the language in force: sentences that COREQ, SRQR and the note share.

A fact that is not known is ""; what is empty is said to be missing where it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from babel import Locale

from survey_app.language import _, current, label, ngettext, translate
from survey_app.publishing.method_facts import MOST_NAMED, Asked, MethodFacts, Named
from survey_app.publishing.methods import date_before_stop, date_in_words
from survey_app.views import style


def joined(*sentences: str) -> str:
    """Those that say something, one after another."""
    return " ".join(each for each in sentences if each)


def sample(facts: MethodFacts) -> str:
    """How many experts spoke, in how many sessions."""
    if not facts.experts or not facts.sessions:
        return ""
    fewest, most = facts.per_session
    where = ngettext("{spoke} spoke in {count} session", "{spoke} spoke in {count} sessions", facts.sessions,
                     spoke=style.k_of_n_experts(facts.spoke, facts.experts))  # fmt: skip
    if facts.sessions == 1 or not most:
        return f"{where}."
    each = (
        ngettext("{count} in each", "{count} in each", most)
        if fewest == most
        else _("{fewest} to {most} in each", fewest=fewest, most=most)
    )
    return f"{where}, {each}."


def by_segment(facts: MethodFacts) -> str:
    """The segments that are published, with their experts."""
    if not facts.segments:
        return ""
    listed = [f"{label(each)} ({each.count})" if each.count else label(each) for each in facts.segments]
    return _("By segments ({segmentation}): {segments}.", segmentation=label(facts.segmentation) or _("groups"),
             segments="; ".join(listed))  # fmt: skip


def who_did_not(facts: MethodFacts) -> str:
    """Who was there to be asked and said nothing, in sessions and in questionnaires."""
    if not facts.experts:
        return ""
    silent = facts.experts - facts.spoke
    talked = (
        ngettext("{count} expert of the roster did not speak in any session.",
                 "{count} experts of the roster did not speak in any session.", silent)
        if silent else _("Every expert of the roster spoke in a session.")
    )  # fmt: skip
    invitations = "" if any(each.invited for each in facts.questionnaires) else _(
        "How many people were invited and declined was not recorded."
    )  # fmt: skip
    return joined(talked, *(_answered(each, facts.experts) for each in facts.questionnaires), invitations)


def setting(facts: MethodFacts) -> str:
    """Where the talk took place, as far as transcripts tell, and when."""
    places = {
        "zoom": _("by video conference (Zoom)"), "teams": _("by video conference (Microsoft Teams)"),
        "meet": _("by video conference (Google Meet)"),
    }  # fmt: skip
    where = [places[origin] for origin in places if facts.transcripts.get(origin)]
    if not where:
        return ""
    online = sum(facts.transcripts.get(origin, 0) for origin in places)
    held = ngettext("{count} session was held {where}.", "{count} sessions were held {where}.", online,
                    where=_(" and ").join(where))  # fmt: skip
    return joined(held, when(facts))


def when(facts: MethodFacts) -> str:
    """The days of the sessions."""
    first, last = facts.days
    if not first:
        return ""
    if first == last:
        return _("They took place on {date}.", date=date_before_stop(first))
    return _("They took place from {first} to {last}.", first=date_in_words(first),
             last=date_before_stop(last))  # fmt: skip


def others_present(facts: MethodFacts) -> str:
    """Who spoke besides the experts, by role, never by name."""
    if not facts.sessions:
        return ""
    roles = {
        "moderator": _("a moderator"), "assistant": _("an assistant"), "interpreter": _("an interpreter"),
        "observer": _("an observer"), "unknown": _("somebody whose part is not known"),
    }  # fmt: skip
    listed = [
        _("{who} ({sessions})", who=roles[role],
          sessions=ngettext("{count} session", "{count} sessions", facts.others[role]))
        for role in roles if facts.others.get(role)
    ]  # fmt: skip
    if not listed:
        return _("Nobody but experts spoke in the sessions.")
    return _("Besides the experts there spoke: {listed}. Their words are counted nowhere.", listed=", ".join(listed))


def instruments(facts: MethodFacts) -> str:
    """Guide and questionnaires with their versions."""
    guide = (
        ngettext("The interview guide has {count} question.", "The interview guide has {count} questions.",
                 facts.guide_questions)
        if facts.guide_questions else ""
    )  # fmt: skip
    return joined(guide, *(_questionnaire(each) for each in facts.questionnaires))


def repeats(facts: MethodFacts) -> str:
    """Whether anybody was heard twice."""
    if not facts.sessions:
        return ""
    if not facts.repeated:
        return _("No expert took part in more than one session.")
    return ngettext("{count} expert took part in more than one session.",
                    "{count} experts took part in more than one session.", facts.repeated)  # fmt: skip


def recording(facts: MethodFacts) -> str:
    """How speech became text."""
    if not facts.transcripts:
        return ""
    origins = {
        "zoom": _("Zoom's own transcript"), "teams": _("the transcript of Microsoft Teams"),
        "meet": _("the transcript of Google Meet"), "speech": _("a program that recognises speech"),
        "typed": _("a transcript made by people or in another program"),
    }  # fmt: skip
    listed = [
        _("{what} ({sessions})", what=origins[origin],
          sessions=ngettext("{count} session", "{count} sessions", facts.transcripts[origin]))
        for origin in origins if facts.transcripts.get(origin)
    ]  # fmt: skip
    corrected = (
        ngettext("The text of {count} session was corrected by hand.",
                 "The texts of {count} sessions were corrected by hand.", facts.corrected)
        if facts.corrected else _("The texts were not corrected by hand.")
    )  # fmt: skip
    kept = (
        ngettext("The recording of {count} session is kept beside its text.",
                 "The recordings of {count} sessions are kept beside their texts.", facts.recordings)
        if facts.recordings else ""
    )  # fmt: skip
    return joined(_("The text comes from {listed}.", listed=", ".join(listed)), kept, corrected)


def duration(facts: MethodFacts) -> str:
    """Median and range of the sessions' lengths."""
    lasted = sorted(facts.minutes)
    if not lasted:
        return ""
    if len(lasted) == 1:
        return ngettext("The session lasted {count} minute.", "The session lasted {count} minutes.", lasted[0])
    middle = style.number(median(lasted))
    return _("The sessions lasted {middle} minutes in the median ({shortest} to {longest}).", middle=middle,
             shortest=lasted[0], longest=lasted[-1])  # fmt: skip


def saturation(facts: MethodFacts) -> str:
    """After how many experts almost nothing new came, by the rule that is named."""
    found = facts.saturation
    if found is None:
        return ""
    if found.reason is not None:
        return translate(found.reason)
    rule = _("the rule of Guest, Namey and Chen (2020): two experts in a row bring at most 5 % of the codes of the "
             "first four")  # fmt: skip
    if found.reached is None:
        return _("No saturation was reached by {rule}.", rule=rule)
    return ngettext("Saturation was reached after {count} expert by {rule}.",
                    "Saturation was reached after {count} experts by {rule}.", found.reached, rule=rule)  # fmt: skip


def coders(facts: MethodFacts) -> str:
    """How many coded, and what became of their differences."""
    if not facts.coders and not facts.adjudicated:
        return ""
    told = facts.agreement is not None  # who coded stands there
    many = ngettext("{count} coder coded.", "{count} coders coded.", facts.coders) if facts.coders and not told else ""
    if not facts.adjudicated:
        return joined(many, _("The figures rest on the codings of one coder."))
    settled = (
        ngettext("Decisions on {count} statement are kept with whoever made them.",
                 "Decisions on {count} statements are kept with whoever made them.", facts.settled)
        if facts.settled else ""
    )  # fmt: skip
    return joined(many, _("The figures rest on the adjudicated codings."), settled)


def codebook(facts: MethodFacts) -> str:
    """The coding tree: codes, roots, version."""
    if not facts.codes:
        return ""
    return joined(
        _("Codebook: {codes}, {roots}, version {version}.",
          codes=ngettext("{count} code", "{count} codes", facts.codes),
          roots=ngettext("{count} root", "{count} roots", facts.roots), version=facts.codebook_version),
        _("Every change of it makes a version, and a coding remembers the version that it was made under."),
    )  # fmt: skip


def derivation(facts: MethodFacts) -> str:
    """Which codes were there before the talk, and which came out of it."""
    if not facts.codes:
        return ""
    if not facts.after_texts:
        return _("All codes were there before the first transcript was brought in.")
    return _(
        "Codes, roots among them, that were there before the first transcript was brought in: {before}; made "
        "afterwards: {after}.", before=max(0, facts.codes + facts.roots - facts.after_texts), after=facts.after_texts,
    )  # fmt: skip


def software(facts: MethodFacts) -> str:
    """With which program in which version, and by which hash the data are known."""
    return _("Rakurs {software}; SHA-256 of the tables behind the figures: {hash}.", software=facts.software,
             hash=facts.data_hash)  # fmt: skip


def quotations(facts: MethodFacts) -> str:
    """How quotes are told apart without naming anybody."""
    if not facts.quotes:
        return _("No quotes are published.")
    many = ngettext(
        "{count} quote is published, with a number of its own, its segment and its codes.",
        "{count} quotes are published, each with a number of its own, its segment and its codes.", facts.quotes,
    )  # fmt: skip
    return joined(many, _("Experts have no numbers, so that nobody's quotes can be put together."))


def major_themes(facts: MethodFacts) -> str:
    """Codes that at least half of the experts spoke of (`method_facts.MAJOR`)."""
    if not facts.experts or not facts.codes_said:
        return ""
    if not facts.major:
        return _("There is no code of which at least half of the experts spoke.")
    return _("At least half of the experts spoke of: {codes}.", codes=_with_counts(facts.major, facts.experts))


def minor_themes(facts: MethodFacts) -> str:
    """Codes that fewer than a quarter of the experts spoke of (`method_facts.MINOR`)."""
    if not facts.experts or not facts.codes_said:
        return ""
    if not facts.minor:
        return _("There is no code of which fewer than a quarter of the experts spoke.")
    return joined(
        _("Fewer than a quarter of the experts spoke of: {codes}.", codes=_with_counts(facts.minor, facts.experts)),
        _("Who did not speak of something is not thereby of another opinion."),
    )


def deidentification(facts: MethodFacts) -> str:
    """The log of de-identification, in numbers."""
    found = facts.deidentified
    if found is None:
        return ""
    return joined(
        _("Places in the texts that could identify somebody: {places}; put in general words: {replaced}; kept by a "
          "person's decision: {kept}.", places=found.places, replaced=found.replaced, kept=found.kept),
        ngettext("A second person signed {count} text.", "A second person signed {count} texts.", found.signed)
        if found.signed else "",
    )  # fmt: skip


def units(facts: MethodFacts) -> str:
    """What is coded and counted."""
    if not facts.statements:
        return ""
    aside = [
        ngettext("{count} chat", "{count} chats", facts.chats) if facts.chats else "",
        ngettext("{count} document", "{count} documents", facts.documents) if facts.documents else "",
    ]  # fmt: skip
    also = ", ".join(each for each in aside if each)
    return joined(
        ngettext("Experts said {count} statement in the sessions; coded of these: {coded}.",
                 "Experts said {count} statements in the sessions; coded of these: {coded}.", facts.statements,
                 coded=facts.coded),
        _("A statement is one thought of one speaker. The expert is the case: “k of n” counts experts."),
        _("Also in the study, and counted apart: {also}.", also=also) if also else "",
    )  # fmt: skip


def languages(facts: MethodFacts) -> str:
    """The languages of the talk."""
    if not facts.languages:
        return ""
    names = Locale.parse(current()).languages
    return _("Language of the sessions: {languages}.",
             languages=", ".join(names.get(each, each) for each in facts.languages))  # fmt: skip


def audit_trail(facts: MethodFacts) -> str:
    """What could be looked up by whoever doubts."""
    return joined(
        _("Every act is in a log with who did it and when."),
        ngettext("{count} memo was written.", "{count} memos were written.", facts.memos) if facts.memos else "",
    )


def findings(facts: MethodFacts) -> str:
    """What was concluded, and that it was counted again."""
    if not facts.findings:
        return ""
    return ngettext(
        "{count} finding was written, with the counts that it claims and quotes for and against it.",
        "{count} findings were written, with the counts that they claim and quotes for and against them.",
        facts.findings,
    )


def _questionnaire(asked: Asked) -> str:
    named = label(asked)
    version = _("version {version}", version=asked.version) if asked.version else ""
    questions = ngettext("{count} question", "{count} questions", asked.questions)
    return _("Questionnaire “{title}”: {facts}.", title=named or _("without a title"),
             facts=", ".join(one for one in (questions, version) if one))  # fmt: skip


def _answered(asked: Asked, experts: int) -> str:
    if not asked.invited:
        return _("The questionnaire was answered by {answered}.",
                 answered=style.k_of_n_experts(asked.answered, experts))  # fmt: skip
    return _("Links to the questionnaire: {invited}; answered: {answered}; refused: {refused}.",
             invited=asked.invited, answered=asked.answered, refused=asked.refused)  # fmt: skip


def _with_counts(themes: Sequence[Named], experts: int) -> str:
    named = [f"{label(each)} ({style.k_of_n(each.count, experts)})" for each in themes[:MOST_NAMED]]
    more = len(themes) - MOST_NAMED
    if more > 0:
        named.append(ngettext("{count} more", "{count} more", more))
    return "; ".join(named)
