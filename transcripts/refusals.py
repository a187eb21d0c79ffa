"""What is brought for a transcript and is none, by name: a summary, a list, a web page, an old format."""

import re

from transcripts.containers import Opened
from transcripts.decoding import UnreadableTranscript
from transcripts.messages import sentence

_RECAP = re.compile(r"quick recap|краткий обзор|краткая сводка|быстрый обзор|резюме встречи", re.IGNORECASE)
_STEPS = re.compile(r"next steps|summary|следующие шаги|дальнейшие шаги|сводка|итоги", re.IGNORECASE)
_POLL = re.compile(r"^\W*(?:poll report|отчет об опрос|отчёт об опрос)", re.IGNORECASE)
_RECORDINGS = re.compile(r"^\W*topic,\s*(?:meeting )?id,\s*start time,.*file size", re.IGNORECASE)
_HEAD = 3000


def refuse_what_is_no_transcript(opened: Opened) -> None:
    """Raise UnreadableTranscript with what the file is and what to bring instead."""
    name, text = opened.name, opened.text
    head = text[:_HEAD]
    low = head.lower()
    if opened.container == "text" and ("<html" in low or "<!doctype html" in low):
        raise UnreadableTranscript(
            sentence(
                "{file} is a web page, probably a sign-in page, and not the transcript. Sign in and download it again.",
                file=name,
            )
        )
    if text.startswith("WEBVTT") and "-->" not in text:
        raise UnreadableTranscript(sentence("{file} has a header but no cues. Download it again.", file=name))
    if _RECAP.search(head) and _STEPS.search(text):
        raise UnreadableTranscript(
            sentence(
                "{file} is a summary by Zoom's AI Companion, not a transcript. Download the audio transcript (.vtt).",
                file=name,
            )
        )
    if _POLL.match(head):
        raise UnreadableTranscript(
            sentence("{file} is a report of a poll. Bring it on the page “Questionnaire”.", file=name)
        )
    if _RECORDINGS.match(head.split("\n", 1)[0]):
        raise UnreadableTranscript(
            sentence(
                "{file} is a list of recordings, not a transcript. Download the audio transcript (.vtt) of each.",
                file=name,
            )
        )
