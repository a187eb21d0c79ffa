"""The command line: the same actions as on the pages. One plain sentence on stderr and exit status 2 on a problem."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from survey_app.actions import studies as acting
from survey_app.actions.backing_up import back_up, missing_recordings
from survey_app.actions.bringing_in import interviews, mark_doubles, recognise_path
from survey_app.actions.bringing_questionnaires import bring_in_questionnaire
from survey_app.actions.checking import check_store
from survey_app.actions.demo import prepare_demo
from survey_app.actions.documents import bring_in_documents, mark_double_documents, recognise_document_path
from survey_app.actions.exporting import FORMATS, export
from survey_app.actions.invitations import first_invitation, invite, invite_admin, look_at
from survey_app.actions.restoring_study import restore
from survey_app.actions.storing import bring_in_files
from survey_app.language import _, label, translate, use
from survey_app.questionnaires.confirming import FIRST, LAST
from survey_app.settings import settings
from survey_app.store.log import Row, Store
from survey_app.store.migrate import migrate
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence


class CommandProblem(MessageError):
    """The words on the command line cannot be followed."""


class Answer(NamedTuple):
    """What a command prints, and a sentence for each part of it that failed."""

    done: Any = None
    problems: Sequence[Message] = ()


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, as everything else does."""

    def error(self, message: str) -> NoReturn:
        raise CommandProblem(
            sentence("{problem}. See “{program} --help”.", problem=message[:1].upper() + message[1:], program=self.prog)
        )


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    try:
        language = settings().language or "en"
    except MessageError as problem:
        with use("en"):  # nobody can be asked for a language while the settings cannot be read
            print(translate(problem.message), file=sys.stderr)
        return 2
    with use(language):
        try:
            arguments = _parser().parse_args(words)
            answer: Answer = arguments.run(arguments)
        except MessageError as problem:
            print(translate(problem.message), file=sys.stderr)
            return 2
        if answer.done is not None:
            print(json.dumps(answer.done, ensure_ascii=False) if arguments.json else _as_lines(answer.done))
        for message in answer.problems:
            print(translate(message), file=sys.stderr)
    return 2 if answer.problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser("python -m survey_app", description="Rakurs on the command line")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_)
        added.add_argument("--json", action="store_true", help="print one JSON document")
        added.set_defaults(run=run)
        return added

    serve = command("serve", _serve, "run the application")
    serve.add_argument("--demo", action="store_true", help="prepare the demo study first")
    serve.add_argument("--host", default=settings().host)
    serve.add_argument("--port", type=int, default=settings().port)
    command("demo", _demo, "prepare the demo's two studies")
    bring = command("import", _import, "bring transcripts, chats and lists of those present into a study")
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
    bring.add_argument("--study", required=True)
    bring.add_argument("--document", action="store_true", help="the files are regulations or strategies")
    asking = command("questionnaire", _questionnaire, "bring a questionnaire's answers into a study, as proposed")
    asking.add_argument("file", type=Path, metavar="FILE")
    asking.add_argument("--study", required=True)
    asking.add_argument("--definition", type=Path, metavar="FILE", help="what was asked: XLSForm, YAML, .lss, .qsf, …")
    asking.add_argument("--double", choices=(FIRST, LAST), default="", help="which counts of two rows of one expert")
    asking.add_argument("--report", action="store_true", help="print the cells that want a look")
    topics = command("topics", _topics, "find topics in a study")
    topics.add_argument("--study", required=True)
    topics.add_argument("--seed", type=int, default=0)
    topics.add_argument("--model", default="")
    publish = command("publish", _publish, "freeze and write a release")
    publish.add_argument("--study", required=True)
    publish.add_argument("--to", type=Path, default=None, metavar="FOLDER")
    publish.add_argument(
        "--segmentation", action="append", default=[], metavar="KEY", help="may be given more than once"
    )
    publish.add_argument("--slug", default="")
    publish.add_argument("--replace", action="store_true", help="in place of the versions that readers can open now")
    _accepting(publish)
    report = command("report", _report, "write a report: for readers, or for the team alone")
    report.add_argument("--study", required=True)
    report.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    report.add_argument("--internal", action="store_true", help="for the team alone: not asked at the gate")
    report.add_argument("--form", action="append", default=[], help="docx, pdf, pptx or xlsx, each by itself")
    _accepting(report)
    taken = command("export", _export, "write the coded statements")
    taken.add_argument("--study", required=True)
    taken.add_argument("--format", required=True, help=", ".join(FORMATS))
    taken.add_argument("--to", type=Path, required=True, metavar="FILE")
    _accepting(taken)
    project = command("import-qdpx", _import_qdpx, "bring in a project of another program")
    project.add_argument("file", type=Path, metavar="FILE")
    project.add_argument("--study", required=True)
    kept = command("backup", _backup, "copy a study to one file")
    kept.add_argument("--study", required=True)
    kept.add_argument("--to", type=Path, default=Path(), metavar="FILE_OR_FOLDER")
    kept.add_argument("--without-recordings", action="store_true", help="leave out sound and pictures")
    back = command("restore", _restore, "bring a study back from its copy")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--as", dest="slug", default="", metavar="SLUG", help="another name for the study")
    asked = command("invite", _invite, "make a link with which somebody gets an account or joins a study")
    asked.add_argument("--admin", action="store_true", help="to administer this installation")
    asked.add_argument("--study", default="", help="to a study, with --role")
    asked.add_argument("--role", default="", help=", ".join(role.key for role in Role))
    asked.add_argument("--coder", default="", metavar="KEY", help="under the key of a coder whom nobody else is")
    asked.add_argument("--name", default="")
    command("check", _check, "look for anything in the store that does not fit together")
    return parser


def _accepting(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--accept-words", nargs="+", default=[], metavar="WORD",
        help="words of labels and titles that are also names of the roster, and that you say name nobody",
    )  # fmt: skip


def _tell(notice: Message) -> None:
    print(translate(notice), file=sys.stderr)


def _store() -> Store:
    store = Store(settings().database)
    migrate(store)
    return store


def _serve(arguments: argparse.Namespace) -> Answer:
    from survey_app.server import check_address, serve

    check_address(arguments.host, arguments.port)
    store = _store()
    if arguments.demo:
        prepare_demo(store)
    print(f"Rakurs: {_address(arguments.host, arguments.port)}")
    token = first_invitation(store) if settings().team else ""
    if token:
        link = f"{_address(arguments.host, arguments.port)}/auth/invitation/{token}"
        print(_("Nobody has an account yet. The first administrator opens this link, once: {link}", link=link))
    sys.stdout.flush()
    serve(arguments.host, arguments.port)
    return Answer()


def _demo(_arguments: argparse.Namespace) -> Answer:
    return Answer([{"study": study["slug"], "title": study["title_en"]} for study in prepare_demo(_store())])


def _import(arguments: argparse.Namespace) -> Answer:
    """One file that cannot be stored takes no other with it."""
    store = _store()
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


def _questionnaire(arguments: argparse.Namespace) -> Answer:
    store = _store()
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


def _topics(arguments: argparse.Namespace) -> Answer:
    from coding.topics.job import fit
    from survey_app.actions.topics import keep_topics, payload

    store = _store()
    study = acting.need_study(store, arguments.study)
    result = fit(payload(store, study, model=arguments.model or None, seed=arguments.seed), lambda *_progress: None)
    keep_topics(store, "", study["id"], arguments.seed, result)
    return Answer({name: result[name] for name in ("n", "model", "topics", "quality")})


def _publish(arguments: argparse.Namespace) -> Answer:
    from survey_app.actions.gate import Own, gate
    from survey_app.actions.publishing import publish
    from survey_app.actions.standing import standing_releases
    from survey_app.actions.withdrawing import publish_instead

    store = _store()
    study = acting.need_study(store, arguments.study)
    given = {
        "slug": arguments.slug, "segmentation_keys": arguments.segmentation, "folder": arguments.to,
        "accepted_words": arguments.accept_words,
    }  # fmt: skip
    own = Own(slug=arguments.slug, accepted=frozenset(arguments.accept_words))
    replacing = [row["id"] for row in standing_releases(store, study)] if arguments.replace else []
    for notice in gate(store, study, arguments.segmentation, replacing=replacing, own=own).notices:
        _tell(notice)
    if not arguments.replace:
        return Answer({"study": study["slug"], "release": str(publish(store, "", study, **given))})
    done = publish_instead(store, "", study, **given)
    for problem in done.problems:
        print(translate(problem), file=sys.stderr)
    return Answer({"study": study["slug"], "release": str(done.made[0]), "withdrawn": done.withdrawn})


def _report(arguments: argparse.Namespace) -> Answer:
    from survey_app.actions.report_files import write_report

    store = _store()
    study = acting.need_study(store, arguments.study)
    written = write_report(
        store, study, arguments.to, internal=arguments.internal, forms=arguments.form,
        accepted_words=arguments.accept_words, tell=_tell,
    )  # fmt: skip
    return Answer([{"study": study["slug"], "file": str(file), "internal": arguments.internal} for file in written])


def _export(arguments: argparse.Namespace) -> Answer:
    store = _store()
    rows = export(
        store, acting.need_study(store, arguments.study), arguments.format, arguments.to,
        accepted_words=arguments.accept_words, tell=_tell,
    )  # fmt: skip
    return Answer({"file": str(arguments.to), "rows": rows})


def _import_qdpx(arguments: argparse.Namespace) -> Answer:
    raise CommandProblem(
        sentence("{file} was not read: projects of other programs cannot be brought in yet.", file=arguments.file.name)
    )


def _backup(arguments: argparse.Namespace) -> Answer:
    store = _store()
    study = acting.need_study(store, arguments.study)
    recordings = None if arguments.without_recordings else settings().recordings_folder
    file = back_up(store, study, arguments.to, recordings=recordings)
    for notice in missing_recordings(store, study, recordings) if recordings is not None else []:
        print(translate(notice), file=sys.stderr)
    return Answer({"study": study["slug"], "file": str(file), "bytes": file.stat().st_size})


def _restore(arguments: argparse.Namespace) -> Answer:
    restored = restore(_store(), arguments.file, slug=arguments.slug, recordings=settings().recordings_folder)
    for notice in restored.notices:
        print(translate(notice), file=sys.stderr)
    study = restored.study
    return Answer({"study": study["slug"], "title": label(study, "title"), "of": restored.at})


def _invite(arguments: argparse.Namespace) -> Answer:
    if arguments.admin == bool(arguments.study) or (arguments.admin and (arguments.role or arguments.coder)):
        raise CommandProblem(sentence("Say either --admin, or --study with --role."))
    roles = {role.key: role for role in Role}
    if arguments.study and arguments.role not in roles:
        raise CommandProblem(sentence("Name a role with --role: {roles}.", roles=", ".join(roles)))
    store = _store()
    if arguments.admin:
        token = invite_admin(store, arguments.name)
    else:
        study = acting.need_study(store, arguments.study)
        coder_id = acting.need_coder(store, study["id"], arguments.coder) if arguments.coder else None
        token = invite(store, "", study["id"], roles[arguments.role], arguments.name, coder_id)
    link = f"{_address(settings().host, settings().port)}/auth/invitation/{token}"
    return Answer({"link": link, "until": look_at(store, token).expires_at})


def _address(host: str, port: int) -> str:
    """Where people reach Rakurs."""
    name = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    return settings().address or f"http://{name}:{port}"


def _check(_arguments: argparse.Namespace) -> Answer:
    problems = check_store(_store())
    return Answer({"ok": not problems, "problems": [translate(problem) for problem in problems]}, problems)


def _as_lines(done: Any) -> str:
    return "\n".join(_as_line(entry) for entry in (done if isinstance(done, list) else [done]))


def _as_line(entry: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in entry.items() if value not in (None, "", []))


if __name__ == "__main__":
    sys.exit(main())
