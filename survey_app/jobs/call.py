"""One job, as it runs in the worker: plain text in, plain text out, whatever happens."""

import json
import traceback
from dataclasses import asdict
from importlib import import_module
from typing import Any

from transcripts.messages import Message, MessageError, sentence

PROGRESS = "rakurs-progress"


class Cancelled(BaseException):
    """Raised inside `report`; no `except Exception` of a library may swallow it."""


def flag_name(run: str) -> str:
    """The name of the flag that says: stop."""
    return f"rakurs-stop-{run}"


def call(function: str, arguments: str, run: str) -> str:
    """Import and call `function`; JSON of {status, result, message, details}. Never raises for what the work did."""
    from distributed import Event, get_worker

    worker, flag = get_worker(), Event(flag_name(run))

    def report(share: float, message: Message) -> None:
        worker.log_event(PROGRESS, {"run": run, "share": float(share), "message": asdict(message)})
        if flag.is_set():
            raise Cancelled

    try:
        report(0.0, sentence("Starting the worker"))
        module, _colon, name = function.partition(":")
        result = getattr(import_module(module), name)(*json.loads(arguments), report)
        return _outcome("done", result)
    except Cancelled:
        return _outcome("cancelled")
    except MessageError as problem:
        return _outcome("failed", message=problem.message)
    except MemoryError:
        return _outcome("failed", message=sentence("There is not enough memory for this. Try with fewer statements."))
    except Exception:  # noqa: BLE001  whatever the work's libraries raise, the server gets an answer
        message = sentence("The work stopped because of an unexpected error. The server’s log has the details.")
        return _outcome("failed", message=message, details=traceback.format_exc())


def _outcome(status: str, result: Any = None, message: Message | None = None, details: str = "") -> str:
    told = asdict(message) if message else None
    return json.dumps({"status": status, "result": result, "message": told, "details": details})
