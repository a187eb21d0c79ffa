"""The words of the usual answer scales in both languages: data, without a rule in it."""

Level = tuple[str, str]
"""English and Russian wordings of one level, joined by |; the usual one stands first."""

FAMILIES: tuple[tuple[Level, ...], ...] = (
    (
        (
            "strongly disagree|completely disagree|totally disagree|fully disagree",
            "совершенно не согласен|полностью не согласен|категорически не согласен|абсолютно не согласен|"
            "совсем не согласен",
        ),
        (
            "rather disagree|disagree|somewhat disagree|mostly disagree",
            "скорее не согласен|не согласен|в основном не согласен|скорее не согласен чем согласен",
        ),
        (
            "neither|neutral|neither agree nor disagree|undecided|in between",
            "ни то ни другое|нейтрально|ни согласен ни не согласен|нечто среднее|отчасти согласен отчасти нет|"
            "и согласен и не согласен",
        ),
        (
            "rather agree|agree|somewhat agree|mostly agree",
            "скорее согласен|согласен|в основном согласен|скорее согласен чем не согласен",
        ),
        (
            "strongly agree|completely agree|totally agree|fully agree",
            "полностью согласен|совершенно согласен|абсолютно согласен|целиком согласен",
        ),
    ),
    (
        ("strongly disagree", "полностью не согласен"),
        ("disagree|mostly disagree", "не согласен|в основном не согласен"),
        ("somewhat disagree|slightly disagree|rather disagree", "скорее не согласен|отчасти не согласен"),
        ("neither|neutral|neither agree nor disagree", "нечто среднее|нейтрально|ни то ни другое"),
        ("somewhat agree|slightly agree|rather agree", "скорее согласен|отчасти согласен"),
        ("agree|mostly agree", "согласен|в основном согласен"),
        ("strongly agree", "полностью согласен"),
    ),
    (
        ("very poor|very bad|terrible", "очень плохо|ужасно"),
        ("poor|bad", "плохо"),
        (
            "fair|average|satisfactory|acceptable|neither good nor bad",
            "удовлетворительно|средне|нормально|ни хорошо ни плохо",
        ),
        ("good", "хорошо"),
        ("very good|excellent", "очень хорошо|отлично"),
    ),
    (
        ("very low", "очень низкий|очень низкая|очень низкое"),
        ("low|rather low", "низкий|низкая|низкое|скорее низкий|скорее низкая"),
        ("medium|average|moderate", "средний|средняя|среднее"),
        ("high|rather high", "высокий|высокая|высокое|скорее высокий|скорее высокая"),
        ("very high", "очень высокий|очень высокая|очень высокое"),
    ),
    (
        ("never", "никогда"),
        ("rarely|seldom", "редко"),
        ("sometimes|occasionally", "иногда|время от времени"),
        ("often|frequently", "часто"),
        ("always|very often", "всегда|очень часто|постоянно"),
    ),
    (
        ("not at all important|unimportant|not important", "совсем не важно|не важно|неважно"),
        ("slightly important|not very important", "скорее не важно|мало важно|не очень важно"),
        ("moderately important|somewhat important", "отчасти важно|умеренно важно"),
        ("important|rather important", "скорее важно|важно"),
        ("very important|extremely important", "очень важно|крайне важно"),
    ),
    (
        (
            "very dissatisfied|completely dissatisfied",
            "полностью не удовлетворен|совершенно не удовлетворен|очень недоволен",
        ),
        (
            "dissatisfied|rather dissatisfied|somewhat dissatisfied",
            "не удовлетворен|скорее не удовлетворен|недоволен",
        ),
        (
            "neither satisfied nor dissatisfied|neutral",
            "нейтрально|ни то ни другое|отчасти удовлетворен отчасти нет",
        ),
        ("satisfied|rather satisfied|somewhat satisfied", "удовлетворен|скорее удовлетворен|доволен"),
        ("very satisfied|completely satisfied", "полностью удовлетворен|очень удовлетворен|очень доволен"),
    ),
    (
        ("very unlikely|extremely unlikely", "очень маловероятно|крайне маловероятно|исключено"),
        ("unlikely|rather unlikely", "маловероятно|скорее маловероятно"),
        ("as likely as not|neither|fifty fifty", "пятьдесят на пятьдесят|ни то ни другое"),
        ("likely|rather likely", "вероятно|скорее вероятно"),
        ("very likely|extremely likely", "очень вероятно|весьма вероятно"),
    ),
    (
        ("not at all", "совсем нет|нисколько|совсем не влияет"),
        ("slightly|to a small extent|a little", "слегка|в малой степени|немного"),
        ("moderately|to some extent|somewhat", "умеренно|отчасти|в некоторой степени"),
        ("considerably|to a large extent|a lot|strongly", "значительно|в большой степени|сильно"),
        ("completely|to a very large extent|extremely", "полностью|в очень большой степени|чрезвычайно"),
    ),
)
"""Lowest level first. Where a column fits several families, the one that stands earlier is proposed."""
