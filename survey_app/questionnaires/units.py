"""Whether an answer is a number and not words with a number in them: "12", «5 лет / 5 years», "about 40 %"."""

import re
from functools import lru_cache

from survey_app.questionnaires.scales import number_in

_WORD = re.compile(r"[^\W\d_]+")
_UNITS = (
    "год года годы годов лет месяц месяца месяцы месяцев мес неделя недели недель нед день дня дни дней дн час часа "
    "часы часов ч минута минуты минут мин секунда секунды секунд сек раз раза процент процента процентов проц балл "
    "балла баллов рубль рубля рублей руб р км м кв человек человека чел штука штуки штук шт "
    "year years yr yrs y o old month months week weeks wk wks day days hour hours hr hrs h minute minutes min mins "
    "second seconds sec time times percent per cent pct point points ruble rubles rouble roubles rub dollar dollars "
    "usd euro euros eur km m mile miles person persons people piece pieces pcs"
)
_ROUGHLY = (
    "около примерно приблизительно почти более больше менее меньше чем свыше "
    "about around approximately approx roughly nearly almost over under more less than"
)
_KNOWN = frozenset(_WORD.findall(f"{_UNITS} {_ROUGHLY}"))
_EXPONENT = re.compile(r"(?<=\d)e(?=[-+]?\d)")


@lru_cache(maxsize=16384)
def is_number(text: str) -> bool:
    """Whether a text is one number, alone or with units, and perhaps a rough one."""
    words = _WORD.findall(_EXPONENT.sub(" ", text.casefold()))
    return number_in(text) is not None and all(word in _KNOWN for word in words)
