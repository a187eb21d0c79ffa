"""A report as files in the forms and languages that were asked for, with all pictures drawn by one browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from survey_app.actions.figures import Drawing, browser, pictures
from survey_app.actions.report_paper import WIDTH, report_docx, report_pdf, report_xlsx
from survey_app.actions.report_slides import Slide, report_pptx, slide_of
from survey_app.actions.reporting import Report, Wish, report_of
from survey_app.actions.rights import needs
from survey_app.language import use
from survey_app.store.log import Row, Store
from survey_app.store.team import Role

FORMS = ("docx", "pdf", "pptx", "xlsx")
NEED_A_BROWSER = ("pdf",)


@dataclass(frozen=True, slots=True)
class Step:
    """How far the files are: so many of so many pictures."""

    done: int
    of: int


@needs(Role.RESEARCHER)
def report_files(
    store: Store, study: Row, wish: Wish, *, languages: Sequence[str], forms: Sequence[str] = FORMS,
    tell: Callable[[Step], None] = lambda step: None,
) -> dict[str, bytes]:  # fmt: skip
    """The files by their names. Without a browser on this machine there is no PDF, and the others have tables alone.

    Raises NotDrawn.
    """
    drawing = browser() is not None
    found = dict[str, bytes]()
    wished = [form for form in forms if drawing or form not in NEED_A_BROWSER]
    drafts = [_draft(store, study, wish, language, wished if drawing else ()) for language in languages]
    drawings = [each for draft in drafts for each in draft.drawings]
    made = iter(pictures(drawings, lambda done: tell(Step(done, len(drawings)))))
    for draft in drafts:
        drawn = [next(made) for _each in draft.drawings]
        with use(draft.report.language):
            for form in wished:
                found[f"{study['slug']}-report-{draft.report.language}.{form}"] = draft.file(form, drawn)
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


def _draft(store: Store, study: Row, wish: Wish, language: str, drawn: Sequence[str]) -> _Draft:
    with use(language):
        report = report_of(store, study, wish)
        slides = tuple(slide_of(part) for part in report.parts)
        figures = [part.figure for part in report.parts]
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
