"""A report as files in the forms and languages that were asked for, with all pictures drawn by one browser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from survey_app.actions.figures import Drawing, browser, pictures
from survey_app.actions.gate import Own, gate
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.readers_report import readers_report
from survey_app.actions.report_paper import WIDTH, report_docx, report_pdf, report_xlsx
from survey_app.actions.report_slides import Slide, report_pptx, slide_of
from survey_app.actions.reporting import Report, Wish, report_of
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.language import LANGUAGES, use
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence

FORMS = ("docx", "pdf", "pptx", "xlsx")
NEED_A_BROWSER = ("pdf",)
FIRST = ("problems", "codes", "differ", "saturation")
"""Questions of a report for the team before anybody chooses."""


@dataclass(frozen=True, slots=True)
class ForReaders:
    """A report for readers instead of one for the team: with quotes or without, and words of the researcher's that were
    confirmed to name nobody."""

    quotes: bool = True
    accepted_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """How far the files are: so many of so many pictures."""

    done: int
    of: int


@needs(Role.RESEARCHER)
def report_files(
    store: Store, study: Row, wish: Wish | ForReaders, *, languages: Sequence[str], forms: Sequence[str] = FORMS,
    person: str = "", tell: Callable[[Step], None] = lambda step: None,
) -> dict[str, bytes]:  # fmt: skip
    """The files by their names. Without a browser on this machine there is no PDF, and the others have tables alone.

    Those of an internal report are called so. Raises NotDrawn; PublishingRefused for readers where the gate is shut.
    """
    drawing = browser() is not None
    found = dict[str, bytes]()
    wished = [form for form in forms if drawing or form not in NEED_A_BROWSER]
    drafts = [_draft(store, person, study, wish, language, wished if drawing else ()) for language in languages]
    drawings = [each for draft in drafts for each in draft.drawings]
    made = iter(pictures(drawings, lambda done: tell(Step(done, len(drawings)))))
    for draft in drafts:
        drawn = [next(made) for _each in draft.drawings]
        with use(draft.report.language):
            for form in wished:
                called = "internal-report" if draft.report.internal else "report"
                found[f"{study['slug']}-{called}-{draft.report.language}.{form}"] = draft.file(form, drawn)
    return found


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report with the drawings that it needs: of the parts as PNG and as SVG, then of the slides."""

    report: Report
    slides: tuple[Slide, ...]
    on_paper: tuple[Drawing, ...]
    in_page: tuple[Drawing, ...]
    on_slides: dict[int, Drawing]

    @property
    def drawings(self) -> list[Drawing]:
        return [*self.on_paper, *self.in_page, *self.on_slides.values()]

    def file(self, form: str, drawn: Sequence[bytes]) -> bytes:
        """One file, of the pictures that were drawn in the order of `drawings`."""
        first, second = len(self.on_paper), len(self.on_paper) + len(self.in_page)
        if form == "docx":
            return report_docx(self.report, drawn[:first])
        if form == "pdf":
            return report_pdf(self.report, drawn[first:second])
        if form == "pptx":
            return report_pptx(self.report, self.slides, dict(zip(self.on_slides, drawn[second:], strict=True)))
        return report_xlsx(self.report)


def _draft(
    store: Store, person: str, study: Row, wish: Wish | ForReaders, language: str, drawn: Sequence[str]
) -> _Draft:  # fmt: skip
    with use(language):
        if isinstance(wish, ForReaders):
            report = readers_report(store, study, person=person, quotes=wish.quotes, accepted_words=wish.accepted_words)
        else:
            report = report_of(store, study, wish)
        slides = tuple(slide_of(part) for part in report.parts)
        figures = [figure for part in report.parts if (figure := part.figure) is not None]
    return _Draft(
        report,
        slides,
        tuple(Drawing(figure, "png", WIDTH) for figure in figures if "docx" in drawn),
        tuple(Drawing(figure, "svg", WIDTH) for figure in figures if "pdf" in drawn),
        {
            number: Drawing(slide.figure, "png", int(slide.box.width))
            for number, slide in enumerate(slides)
            if slide.figure is not None and "pptx" in drawn
        },
    )


class ReportProblem(MessageError):
    """A report that cannot be written."""


@needs(Role.RESEARCHER)
def write_report(
    store: Store, study: Row, folder: Path, *, internal: bool = False, forms: Sequence[str] = (),
    accepted_words: Collection[str] = (), tell: Callable[[Message], None] = lambda notice: None,
) -> list[Path]:  # fmt: skip
    """Write the files into a folder, in the study's language; for readers unless `internal`. `tell` is given the
    notices of the gate. Raises ReportProblem, NotDrawn, and PublishingRefused where the gate is shut."""
    if unknown := [form for form in forms if form not in FORMS]:
        raise ReportProblem(
            sentence("“{form}” is no form of a report. Choose of: {forms}.", form=unknown[0], forms=", ".join(FORMS))
        )
    accepted = frozenset(accepted_words)
    wish: Wish | ForReaders = ForReaders(accepted_words=accepted)
    if internal:
        frames = frames_of(store, study["id"])
        wish = Wish(frames, plan_of(store, study).segmentations[0], layers(frames)[0], FIRST)
    else:
        for notice in gate(store, study, own=Own(accepted=accepted)).notices:
            tell(notice)
    language = study["language"] if study["language"] in LANGUAGES else "en"
    files = report_files(store, study, wish, languages=[language], forms=forms or FORMS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as problem:
        raise ReportProblem(
            sentence("{folder} cannot be written to. Choose another folder.", folder=str(folder))
        ) from problem
    return [folder / name for name in files]
