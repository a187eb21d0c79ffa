"""The command line: the same actions as on the pages. One plain sentence on stderr and exit status 2 on a problem.

A command loads what it needs when it is run: to serve must not wait for what only an export takes.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from survey_app.actions.export_formats import FORMATS
from survey_app.commands.answers import Answer, CommandProblem, open_store
from survey_app.language import _, translate, use
from survey_app.questionnaires.confirming import FIRST, LAST
from survey_app.settings import settings
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence


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
            print(json.dumps(answer.done, ensure_ascii=False) if arguments.json else as_lines(answer.done))
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
    bring = command(
        "import", _of("coming_in", "import_"), "bring transcripts, chats and lists of those present into a study"
    )
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
    bring.add_argument("--study", required=True)
    bring.add_argument("--document", action="store_true", help="the files are regulations or strategies")
    asking = command(
        "questionnaire", _of("coming_in", "questionnaire"), "bring a questionnaire's answers into a study, as proposed"
    )
    asking.add_argument("file", type=Path, metavar="FILE")
    asking.add_argument("--study", required=True)
    asking.add_argument("--definition", type=Path, metavar="FILE", help="what was asked: XLSForm, YAML, .lss, .qsf, …")
    asking.add_argument("--double", choices=(FIRST, LAST), default="", help="which counts of two rows of one expert")
    asking.add_argument("--report", action="store_true", help="print the cells that want a look")
    topics = command("topics", _topics, "find topics in a study")
    topics.add_argument("--study", required=True)
    topics.add_argument("--seed", type=int, default=0)
    topics.add_argument("--model", default="")
    publish = command("publish", _of("going_out", "publish"), "freeze and write a release")
    publish.add_argument("--study", required=True)
    publish.add_argument("--to", type=Path, default=None, metavar="FOLDER")
    publish.add_argument(
        "--segmentation", action="append", default=[], metavar="KEY", help="may be given more than once"
    )
    publish.add_argument("--slug", default="")
    publish.add_argument("--replace", action="store_true", help="in place of the versions that readers can open now")
    _accepting(publish)
    report = command("report", _of("going_out", "report"), "write a report: for readers, or for the team alone")
    report.add_argument("--study", required=True)
    report.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    report.add_argument("--internal", action="store_true", help="for the team alone: not asked at the gate")
    report.add_argument("--form", action="append", default=[], help="docx, pdf, pptx or xlsx, each by itself")
    _accepting(report)
    taken = command("export", _of("going_out", "export"), "write the coded statements")
    taken.add_argument("--study", required=True)
    taken.add_argument("--format", required=True, help=", ".join(FORMATS))
    taken.add_argument("--to", type=Path, required=True, metavar="FILE")
    _accepting(taken)
    project = command("import-qdpx", _of("coming_in", "import_qdpx"), "bring in a project of another program")
    project.add_argument("file", type=Path, metavar="FILE")
    project.add_argument("--study", required=True)
    kept = command("backup", _of("going_out", "backup"), "copy a study to one file")
    kept.add_argument("--study", required=True)
    kept.add_argument("--to", type=Path, default=Path(), metavar="FILE_OR_FOLDER")
    kept.add_argument("--without-recordings", action="store_true", help="leave out sound and pictures")
    back = command("restore", _of("going_out", "restore"), "bring a study back from its copy")
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


def _of(room: str, name: str) -> Callable[[argparse.Namespace], Answer]:
    """A command that lives in a module of `survey_app.commands`."""

    def run(arguments: argparse.Namespace) -> Answer:
        answer: Answer = getattr(import_module(f"survey_app.commands.{room}"), name)(arguments)
        return answer

    return run


def _accepting(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--accept-words", nargs="+", default=[], metavar="WORD",
        help="words of labels and titles that are also names of the roster, and that you say name nobody",
    )  # fmt: skip


def _serve(arguments: argparse.Namespace) -> Answer:
    from survey_app.actions.invitations import first_invitation
    from survey_app.server import check_address, serve

    check_address(arguments.host, arguments.port)
    store = open_store()
    if arguments.demo:
        from survey_app.actions.demo import prepare_demo

        prepare_demo(store)
    print(f"Rakurs: {_address(arguments.host, arguments.port)}")
    if settings().team and (token := first_invitation(store)):
        link = f"{_address(arguments.host, arguments.port)}/auth/invitation/{token}"
        print(_("Nobody has an account yet. The first administrator opens this link, once: {link}", link=link))
    sys.stdout.flush()
    serve(arguments.host, arguments.port)
    return Answer()


def _demo(_arguments: argparse.Namespace) -> Answer:
    from survey_app.actions.demo import prepare_demo

    return Answer([{"study": study["slug"], "title": study["title_en"]} for study in prepare_demo(open_store())])


def _topics(arguments: argparse.Namespace) -> Answer:
    from coding.topics.job import fit
    from survey_app.actions.studies import need_study
    from survey_app.actions.topics import keep_topics, payload

    store = open_store()
    study = need_study(store, arguments.study)
    result = fit(payload(store, study, model=arguments.model or None, seed=arguments.seed), lambda *_progress: None)
    keep_topics(store, "", study["id"], arguments.seed, result)
    return Answer({name: result[name] for name in ("n", "model", "topics", "quality")})


def _invite(arguments: argparse.Namespace) -> Answer:
    from survey_app.actions.invitations import invite, invite_admin, look_at
    from survey_app.actions.studies import need_coder, need_study

    if arguments.admin == bool(arguments.study) or (arguments.admin and (arguments.role or arguments.coder)):
        raise CommandProblem(sentence("Say either --admin, or --study with --role."))
    roles = {role.key: role for role in Role}
    if arguments.study and arguments.role not in roles:
        raise CommandProblem(sentence("Name a role with --role: {roles}.", roles=", ".join(roles)))
    store = open_store()
    if arguments.admin:
        token = invite_admin(store, arguments.name)
    else:
        study = need_study(store, arguments.study)
        coder_id = need_coder(store, study["id"], arguments.coder) if arguments.coder else None
        token = invite(store, "", study["id"], roles[arguments.role], arguments.name, coder_id)
    link = f"{_address(settings().host, settings().port)}/auth/invitation/{token}"
    return Answer({"link": link, "until": look_at(store, token).expires_at})


def _address(host: str, port: int) -> str:
    """Where people reach Rakurs."""
    name = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    return settings().address or f"http://{name}:{port}"


def _check(_arguments: argparse.Namespace) -> Answer:
    from survey_app.actions.checking import check_store

    problems = check_store(open_store())
    return Answer({"ok": not problems, "problems": [translate(problem) for problem in problems]}, problems)


def as_lines(done: Any) -> str:
    """What was done as people read it: a line for each entry."""
    return "\n".join(_as_line(entry) for entry in (done if isinstance(done, list) else [done]))


def _as_line(entry: dict[str, Any]) -> str:
    """Names with their values; each of several entries within has a line of its own below."""
    several = {name: value for name, value in entry.items() if _is_several(value)}
    told = {name: value for name, value in entry.items() if name not in several and value not in (None, "", [], {})}
    line = ", ".join(f"{name}: {_in_words(value)}" for name, value in told.items())
    below = [f"  {_as_line(each)}" for values in several.values() for each in values]
    return "\n".join([line, *below])


def _is_several(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return f"({_as_line(value)})"
    return " ".join(str(each) for each in value) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    sys.exit(main())
