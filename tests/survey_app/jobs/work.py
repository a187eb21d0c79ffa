"""Work for the worker process of the tests. Each function is imported there by its path, as real work is."""

import os
import signal
import time
from pathlib import Path

from transcripts.messages import MessageError, sentence


def count(n, report):
    for number in range(n):
        report(number / n, sentence("step {number}", number=number))
        time.sleep(0.02)
    return {"counted": n, "in_process": os.getpid()}


def wait_for(file, report):
    """Report what stands in `file` until it says "end"."""
    while (word := Path(file).read_text("utf-8")) != "end":
        report(0.5, sentence("the file says {word}", word=word))
        time.sleep(0.02)
    return word


def beat(file, report):
    """Append to `file` and report, for ever."""
    while True:
        with Path(file).open("a", encoding="utf-8") as opened:
            opened.write(".")
        report(0.1, sentence("beating"))
        time.sleep(0.02)


def sleep_deaf(file, report):
    """Write the process's number and report once, then listen to nobody."""
    Path(file).write_text(str(os.getpid()), "utf-8")
    report(0.5, sentence("sleeping"))
    time.sleep(3600)


def die_when_told(file, report):
    report(0.5, sentence("waiting for the end"))
    while not Path(file).exists():
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(report):
    raise MessageError(sentence("The file {file} is too large.", file="a.csv"))


def stumble(report):
    raise ZeroDivisionError("only the log shows this")


def answer_with_an_object(report):
    return object()


def loaded(report):
    """Import what the server must never import, and say so."""
    import sklearn

    return sklearn.__name__
