"""A report in blocks as a Word file."""

from __future__ import annotations

from survey_app.actions.word_files import WordFile
from survey_app.publishing.paper import Heading, Paper, Paragraph, Picture, Points, Quotation

PAGE_CM = 16.0
"""What a picture has at most, across an upright page."""


def as_docx(paper: Paper) -> bytes:
    """The blocks in their order; landscape unless the paper is upright."""
    word = WordFile(paper.title, wide=not paper.upright, language=paper.language)
    for block in paper.blocks:
        if isinstance(block, Heading):
            word.heading(block.text, block.level, new_page=block.question)
        elif isinstance(block, Paragraph):
            (word.quiet if block.quiet else word.paragraph)(block.text)
        elif isinstance(block, Points):
            word.points(block.lines)
        elif isinstance(block, Picture):
            word.picture(block.png, block.alt, PAGE_CM)
        elif isinstance(block, Quotation):
            word.quotation(block.text, block.said_by)
        else:
            if block.caption:
                word.quiet(block.caption)
            word.table(block.header, block.rows, block.widths)
    return word.content()
