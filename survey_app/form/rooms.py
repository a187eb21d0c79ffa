"""The rooms of the form: consent, a page for each section, the look through it all, thanks. Also as a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from survey_app.form.pages import Reader
from survey_app.form.showing import (
    Shown,
    answer_text,
    plain,
    say,
    sheet_title,
    sheets_here,
    shown_sheet,
    spec,
)
from survey_app.language import _, ngettext
from survey_app.questionnaires.filling import Filled
from survey_app.questionnaires.filling_rules import Sheet, progress, relevant, sheets, troubles
from survey_app.questionnaires.instrument import NOTE, Instrument

REVIEW = "review"


@dataclass(frozen=True)
class Room:
    """A form before its reader. `address`: where it is; `name`: under which the browser keeps what is not sent;
    `until`: when it closes, ISO 8601."""

    reader: Reader
    instrument: Instrument
    filled: Filled
    address: str
    name: str = ""
    until: str = ""
    sent: bool = False
    preview: bool = False

    @property
    def steps(self) -> list[int]:
        """Numbers of the pages on which something is asked now, among all."""
        here = {sheet.section.key for sheet in sheets_here(self.instrument, self.filled)}
        every = sheets(self.instrument)
        return [number for number, sheet in enumerate(every, 1) if self.preview or sheet.section.key in here]

    def sheet(self, step: int) -> Sheet | None:
        """The page of that number, or None."""
        every = sheets(self.instrument)
        return every[step - 1] if 1 <= step <= len(every) else None

    def after(self, step: int) -> str:
        """Where one goes on from a page."""
        return next((str(number) for number in self.steps if number > step), REVIEW)

    def before(self, step: int | None) -> str:
        """Where one goes back from a page; None: from the look through it all."""
        earlier = [number for number in self.steps if step is None or number < step]
        return str(earlier[-1] if earlier else 1)

    def wrong_on(self, sheet: Sheet) -> dict[str, str]:
        """What is wrong with answers that were given on a page. What is missing can be given later."""
        on_sheet = {item.key for item in sheet.questions}
        found = troubles(self.instrument, self.filled)
        return {
            key: kind for key, kind in found.items()
            if kind != "required" and ((item := self.instrument.item(key)) and (item.parent or key) in on_sheet)
        }  # fmt: skip

    def show_consent(self, *, withdrawn: bool = False, staying: int = 0) -> Response:
        """What is asked before anything is stored; `staying`: open answers that are kept although it was withdrawn."""
        words = self.instrument.consent
        return self._page(
            "consent.html", withdrawn=_withdrawn(staying) if withdrawn else "",
            consent=say(words) if any(words) else _(
                "Your answers are kept by the researchers who sent you this link, and are used in their study. "
                "Answering is voluntary: you can leave out questions, stop at any time and withdraw your consent."
            ),
        )  # fmt: skip

    def show_sheet(self, step: int, *, tried: bool = False, unread: bool = False) -> Response:
        """A page with its questions; `tried`: somebody wanted to go on, so what is wrong is told at the top too;
        `unread`: what they sent could not be read, and nothing of it was kept."""
        sheet = self.sheet(step)
        assert sheet is not None
        steps = self.steps if step in self.steps else sorted([*self.steps, step])
        wrong = self.wrong_on(sheet)
        questions = shown_sheet(self.instrument, sheet, self.filled, wrong)
        done, of = progress(self.instrument, self.filled)
        number = steps.index(step) + 1
        told = _("Part {number} of {count}", number=number, count=len(steps))
        answered = ngettext(
            "{done} of {count} question answered", "{done} of {count} questions answered", of, done=done
        )
        return self._page(
            "sheet.html", status=400 if unread or (tried and wrong) else 200, step=step, number=number, unread=unread,
            sheet_name=sheet_title(sheet, number), progress_words=f"{told} · {answered}", questions=questions,
            parts=[self._part(one, place) for place, one in enumerate(steps, 1)],
            spec=spec(self.instrument, self.filled),
            problems=[problem for problem in map(self._problem, _each(questions)) if problem] if tried else [],
        )  # fmt: skip

    def show_review(self, *, tried: bool = False, problem: str = "") -> Response:
        """All answers, and what is in the way of sending them."""
        wrong, parts, problems = troubles(self.instrument, self.filled), [], []
        now = relevant(self.instrument, self.filled)
        for place, step in enumerate(self.steps, 1):
            sheet = self.sheet(step)
            assert sheet is not None
            shown = shown_sheet(self.instrument, sheet, self.filled, wrong)
            rows = [_row(one) for one in shown if one.here and (one.item.kind != NOTE or one.lines)]
            if rows:
                parts.append({"title": sheet_title(sheet, place), "step": step, "rows": rows})
            found = [dict(self._problem(one)) for one in _each(shown) if one.item.key in now]
            problems += [one | {"step": step} for one in found if one]
        return self._page(
            "review.html", status=400 if tried and problems else 200, parts=parts, problems=problems, tried=tried,
            problem=problem, agreed=not self.preview,
        )  # fmt: skip

    def show_sent(self, kept: int) -> Response:
        """Thanks, and what can still be done. `kept`: open answers that could not be changed any more."""
        told = ngettext(
            "The researchers have worked with {count} of your answers already; there, what you sent before stays.",
            "The researchers have worked with {count} of your answers already; there, what you sent before stays.",
            kept,
        )
        return self._page("sent.html", kept=told if kept else "")

    def _page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        until = f"{datetime.fromisoformat(self.until):%d.%m.%Y %H:%M} UTC" if self.until else ""
        return self.reader.page(
            template, status=status, title=plain(self.instrument.title) or _("Questionnaire"),
            heading=say(self.instrument.title), address=self.address, name=self.name, sent=self.sent,
            preview=self.preview, until=self.until, until_words=until,
            until_before=_("By the same link you can come back and change your answers until"), **values,
        )  # fmt: skip

    def _part(self, step: int, number: int) -> dict[str, Any]:
        sheet = self.sheet(step)
        assert sheet is not None
        now, open_here = relevant(self.instrument, self.filled), 0
        for one in _each(shown_sheet(self.instrument, sheet, self.filled, {})):
            open_here += one.item.key in now and one.item.kind != NOTE and not one.lines and one.answer is None
        return {"title": sheet_title(sheet, number), "step": step, "done": not open_here}

    def _problem(self, shown: Shown) -> Mapping[str, Any]:
        return {"id": shown.id, "label": say(shown.item.label), "error": shown.error} if shown.error else {}


def _withdrawn(staying: int) -> str:
    if not staying:
        return _("You have withdrawn your consent. Your answers were removed; the researchers are told.")
    return ngettext(
        "You have withdrawn your consent. {count} open answer stays, because the researchers have worked with it; "
        "everything else was removed. The researchers are told that you have withdrawn.",
        "You have withdrawn your consent. {count} open answers stay, because the researchers have worked with them; "
        "everything else was removed. The researchers are told that you have withdrawn.", staying,
    )  # fmt: skip


def _each(questions: list[Shown]) -> list[Shown]:
    return [one for question in questions for one in (question, *question.lines)]


def _row(shown: Shown) -> dict[str, Any]:
    """A question with its answer, of a matrix the answer of each line."""
    lines = [line for line in shown.lines if line.here]
    told = [{"label": say(line.item.label), "text": answer_text(line)} for line in lines]
    return {
        "id": shown.id, "label": say(shown.item.label), "label_plain": plain(shown.item.label),
        "told": told or [{"label": "", "text": answer_text(shown)}],
    }  # fmt: skip
