"""A small questionnaire with an item of each kind, in both languages: what a person who writes one begins with."""

from survey_app.questionnaires.instrument import (
    DATE,
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    OPEN,
    RANK,
    SINGLE,
    Instrument,
    Item,
    Option,
    Section,
)

_AGREE = (
    Option("1", ("strongly disagree", "совершенно не согласен"), 1),
    Option("2", ("rather disagree", "скорее не согласен"), 2),
    Option("3", ("neither", "ни то ни другое"), 3),
    Option("4", ("rather agree", "скорее согласен"), 4),
    Option("5", ("strongly agree", "полностью согласен"), 5),
    Option("cannot_say", ("cannot say", "затрудняюсь ответить"), 98, cannot_say=True),
)
_CHANNELS = (
    Option("portal", ("a portal of services", "портал услуг"), 1),
    Option("office", ("an office", "отделение"), 2),
    Option("phone", ("the telephone", "телефон"), 3),
)
_OTHER = Option("other", ("other (please say which)", "другое (укажите)"), 4, other=True)

EXAMPLE = Instrument(
    "example", ("Example of a questionnaire", "Пример анкеты"), version="1",
    consent=(
        "Answers are published for groups only, never for a person. Do you agree to take part?",
        "Ответы публикуются только по группам, но не по людям. Вы согласны участвовать?",
    ),
    sections=(
        Section("work", ("Your work", "Ваша работа")), Section("views", ("Your views", "Ваше мнение")),
    ),
    items=(
        Item("intro", NOTE, ("This takes ten minutes.", "Это займёт десять минут."), section="work"),
        Item("area", SINGLE, ("Where do you mainly work?", "Где вы преимущественно работаете?"), section="work",
             required=True, options=(Option("city", ("in a city", "в городе"), 1),
                                     Option("village", ("in a village", "в селе"), 2))),
        Item("years", NUMERIC, ("For how many years?", "Сколько лет?"), section="work", lowest=0, highest=60,
             constraint_words=("Write a number from 0 to 60.", "Напишите число от 0 до 60.")),
        Item("since", DATE, ("When did you last use a digital service?", "Когда вы последний раз пользовались цифровой "
                             "услугой?"), section="work"),
        Item("distance", OPEN, ("What is far away from a village?", "Что находится далеко от села?"), section="work",
             relevant="${area} = 'village'"),
        Item("easier", LIKERT, ("Digital services have made life easier.", "Цифровые услуги сделали жизнь проще."),
             section="views", options=_AGREE),
        Item("trust", LIKERT, ("How far do you agree?", "Насколько вы согласны?"), section="views", options=_AGREE),
        Item("trust.data", LIKERT, ("My data are safe.", "Мои данные в безопасности."), section="views",
             parent="trust"),
        Item("trust.help", LIKERT, ("One is left alone with the machine.", "Человек остаётся один на один с машиной."),
             section="views", parent="trust", reverse=True),
        Item("used", MULTI, ("What have you used? Choose up to two.", "Чем вы пользовались? Выберите до двух."),
             section="views", options=(*_CHANNELS, _OTHER), most=2),
        Item("order", RANK, ("Put them in order, the best first.", "Расположите по порядку, лучшее первым."),
             section="views", options=_CHANNELS),
        Item("case", OPEN, ("Tell one case that you remember.", "Расскажите один случай, который запомнился."),
             ("A few sentences are enough.", "Достаточно нескольких фраз."), section="views", long=True),
    ),
)  # fmt: skip
"""Its pages show a condition, a matrix with a line that counts from the other end, and words beside an option."""
