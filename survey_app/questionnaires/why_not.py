"""Why a column is proposed to be left out: a time, a consent, something personal, the group, or nothing at all."""

import re
from collections.abc import Mapping

from survey_app.questionnaires.dates import iso_date

_TIME = re.compile(r"timestamp|отметка времени|время (создания|изменения|начала|завершения)|submit ?date|start ?date|"
                   r"(start|completion|submission) time|дата (заполнения|отправки)", re.IGNORECASE)  # fmt: skip
_CONSENT = re.compile(r"consent|соглас|agree", re.IGNORECASE)
_CONSENT_TO = re.compile(r"запис|расшифр|публик|обработ|персональн|участ|цитир|record|publish|process|personal data|"
                         r"participat|quot|^\W*(вы согласны|do you agree|согласие|consent)\W*$",
                         re.IGNORECASE)  # fmt: skip
_OPINION = re.compile(r"agree (that|with)|согласны,? (что|с )|согласны ли", re.IGNORECASE)
_PERSONAL = re.compile(r"\be-?mail\b|электронн\w+ (почт|адрес)|имя пользователя|user ?name|телефон|\bphone\b|"
                       r"\bip address|\b(фио|ф\.\s?и\.\s?о\.)|full name|your name|ваше имя|фамилия|telegram|whatsapp|"
                       r"паспорт|дата рождения|date of birth|домашний адрес|home address", re.IGNORECASE)  # fmt: skip
_LONGEST_PERSONAL = 80
"""Longest header, in code points, that asks for something personal and not for an opinion about it."""
_PERSONAL_VALUE = re.compile(r"[^@\s]+@[^@\s]+\.\w+|\+?(?:\d[\s()-]*){10,15}")
_GROUP = re.compile(r"какую группу вы представл|к какой группе вы|which group do you|stakeholder group|"
                    r"группа стейкхолдер|^group$", re.IGNORECASE)  # fmt: skip


def why_not(name: str, values: Mapping[str, int]) -> str:
    """time, consent, personal, group, empty; "" for a column that asks something. `values` are counted."""
    if not values:
        return "empty"
    half = 0.5 * sum(values.values())
    if _TIME.search(name) and sum(times for value, times in values.items() if iso_date(value)) > half:
        return "time"
    few = len(values) <= 2 and all(len(value) < 60 for value in values)
    if few and _CONSENT.search(name) and _CONSENT_TO.search(name) and not _OPINION.search(name):
        return "consent"
    looks = sum(times for value, times in values.items() if _PERSONAL_VALUE.fullmatch(value)) > half
    differ = len(values) > half
    if looks or (differ and len(name) <= _LONGEST_PERSONAL and _PERSONAL.search(name)):
        return "personal"
    return "group" if _GROUP.search(name.strip()) else ""
