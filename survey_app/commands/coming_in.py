"""Commands that bring files into a study."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from survey_app.actions import studies as acting
from survey_app.actions.bringing_in import interviews, mark_doubles, recognise_path
from survey_app.actions.bringing_questionnaires import bring_in_questionnaire
from survey_app.actions.documents import bring_in_documents, mark_double_documents, recognise_document_path
from survey_app.actions.storing import bring_in_files
from survey_app.commands.answers import Answer, CommandProblem, open_store
from survey_app.language import translate
from survey_app.store.log import Row, Store
from transcripts.messages import sentence


def import_(arguments: argparse.Namespace) -> Answer:
    """One file that cannot be stored takes no other with it."""
    store = open_store()
    study = acting.need_study(store, arguments.study)
    if arguments.document:
        return _import_documents(store, study, arguments.files)
    files = mark_doubles([recognise_path(store, study["id"], file) for file in arguments.files])
    batch = [part for found in files for part in (interviews(store, study["id"], found) if found.new else [found])]
    stored = bring_in_files(store, "", study, batch)
    report = [
        {
            "file": found.file,
            "stored": became.stored,
            "source": became.key,
            "error": translate(became.problem) if became.problem else None,
            "note": translate(became.note) if became.note else None,
            "same_as": found.same_as,
            "kind": found.kind,
            "shape": found.transcript.shape if found.transcript else None,
            "speakers": list(found.transcript.speakers) if found.transcript else [],
            "turns": len(found.transcript.turns) if found.transcript else 0,
            "statements": len(found.transcript.statements) if found.transcript else 0,
            "private_messages_dropped": found.transcript.private_messages_dropped if found.transcript else 0,
            "warnings": [translate(warning) for warning in found.transcript.warnings] if found.transcript else [],
        }
        for found, became in zip(batch, stored, strict=True)
    ]
    return Answer(report, [became.problem for became in stored if became.problem is not None])


def _import_documents(store: Store, study: Row, files: Sequence[Path]) -> Answer:
    batch = mark_double_documents([recognise_document_path(store, study["id"], file) for file in files])
    stored = bring_in_documents(store, "", study, batch)
    report = [
        {
            "file": found.file,
            "stored": became.stored,
            "source": became.key,
            "error": translate(became.problem) if became.problem else None,
            "same_as": found.same_as,
            "kind": "document",
            "paragraphs": len(found.document.paragraphs) if found.document else 0,
            "warnings": [translate(warning) for warning in found.document.warnings] if found.document else [],
        }
        | asdict(found.proposed)
        for found, became in zip(batch, stored, strict=True)
    ]
    return Answer(report, [became.problem for became in stored if became.problem is not None])


def questionnaire(arguments: argparse.Namespace) -> Answer:
    """Bring in a questionnaire's answers as the mapping screen would propose."""
    store = open_store()
    study = acting.need_study(store, arguments.study)
    file, definition = (_content(path) if path else None for path in (arguments.file, arguments.definition))
    assert file is not None
    brought = bring_in_questionnaire(store, "", study, file, definition, double=arguments.double)
    told = {
        "file": arguments.file.name, "questionnaire": brought.key, "platform": brought.platform,
        "experts": brought.experts, "closed": brought.closed, "open": brought.open,
        "left_out": list(brought.left_out), "cells": len(brought.report),
        "warnings": [translate(warning) for warning in brought.warnings],
    }  # fmt: skip
    report = [
        {"row": cell.row, "column": cell.column, "written": cell.written, "problem": translate(cell.problem)}
        for cell in brought.report if arguments.report
    ]  # fmt: skip
    return Answer(told | ({"report": report} if arguments.report else {}) if arguments.json else [told, *report])


def _content(path: Path) -> tuple[str, bytes]:
    try:
        return path.name, path.read_bytes()
    except OSError as problem:
        raise CommandProblem(
            sentence("{file} cannot be opened. Check its name and whether you may read it.", file=path.name)
        ) from problem


def import_qdpx(arguments: argparse.Namespace) -> Answer:
    """Projects of other programs cannot be brought in yet."""
    raise CommandProblem(
        sentence("{file} was not read: projects of other programs cannot be brought in yet.", file=arguments.file.name)
    )
