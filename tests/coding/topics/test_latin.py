"""Latin letters are not always English: it is said, and function words of the other language name no topic."""

import random

import pytest

from coding.topics.embeddings import ENGLISH, MULTILINGUAL, PER_LANGUAGE, choose
from coding.topics.latin import ENGLISH_SHARE, function_words, hardly_english
from coding.topics.model import fit_topics
from coding.topics.result import StatementText
from tests.coding.topics.demo import demo_rows

GERMAN = [
    "Die Gemeinde hat keine Leute, die die Register pflegen.",
    "Das Portal ist langsam und die Bürger rufen lieber an.",
    "Wir wissen nicht, wer für die Daten verantwortlich ist.",
    "Für die kleinen Dörfer gibt es kein schnelles Netz.",
    "Die Schulen brauchen Kurse, damit die Lehrer mit den Programmen arbeiten können.",
    "Das Ministerium schickt jedes Jahr neue Formulare.",
    "Ohne eine gemeinsame Karte sieht niemand, wo gebaut wird.",
    "Die Ausschreibung dauert länger als das ganze Projekt.",
    "Unsere Server stehen im Keller und werden im Sommer zu heiß.",
    "Wer eine Genehmigung will, muss dreimal ins Amt kommen.",
    "Der Bus fährt nur zweimal am Tag, deshalb nutzen alle das Auto.",
    "Offene Daten werden veröffentlicht, aber niemand liest sie.",
    "Die Verwaltung hat Angst vor Fehlern und wartet ab.",
    "Für jede Abteilung wurde ein anderes Programm gekauft.",
    "Die älteren Leute haben kein Telefon mit Internet.",
    "Es fehlt Geld für Wartung, nicht für neue Geräte.",
    "Mit den Nachbarn tauschen wir keine Daten aus.",
    "Die Fachleute gehen in die Stadt, weil dort mehr bezahlt wird.",
    "Das Gesetz erlaubt es nicht, die Register zu verbinden.",
    "Ein Sensor an der Brücke meldet, wann das Wasser steigt.",
]
FRENCH = [
    "La commune n'a personne pour tenir les registres à jour.",
    "Le portail est lent et les habitants préfèrent téléphoner.",
    "Nous ne savons pas qui est responsable des données.",
    "Dans les petits villages il n'y a pas de réseau rapide.",
    "Les écoles ont besoin de cours pour que les enseignants utilisent ces outils.",
    "Le ministère envoie chaque année de nouveaux formulaires.",
    "Sans une carte commune, on ne voit pas où l'on construit.",
    "L'appel d'offres dure plus longtemps que le projet.",
    "Nos serveurs sont à la cave et chauffent trop en été.",
    "Celui qui veut un permis doit venir trois fois au guichet.",
    "Le bus ne passe que deux fois par jour, alors tout le monde prend la voiture.",
    "Les données ouvertes sont publiées mais personne ne les lit.",
]
SPANISH = [
    "El municipio no tiene a nadie que mantenga los registros.",
    "El portal es lento y los vecinos prefieren llamar.",
    "No sabemos quién es responsable de los datos.",
    "En los pueblos pequeños no hay una red rápida.",
    "Las escuelas necesitan cursos para que los maestros usen los programas.",
    "El ministerio envía cada año formularios nuevos.",
    "Sin un mapa común nadie ve dónde se construye.",
    "La licitación dura más que el proyecto entero.",
    "Nuestros servidores están en el sótano y se calientan en verano.",
    "Quien quiere un permiso tiene que venir tres veces.",
    "El autobús pasa solo dos veces al día y por eso todos usan el coche.",
    "Los datos abiertos se publican pero nadie los lee.",
]
UZBEK = [
    "Ro'yxatga olish portali sekin ishlaydi va odamlar qo'ng'iroq qiladi",
    "Kichik qishloqlarda tez internet yo'q",
    "Biz ma'lumotlar uchun kim javobgarligini bilmaymiz",
    "Vazirlik har yili yangi shakllar yuboradi",
]
KEYWORDS = ["register", "portal", "open data", "village school", "bus timetable", "slow network", "no staff"] * 3
NAMED = ("German", "French", "Spanish", "Uzbek")
OTHER = dict(zip(NAMED, (GERMAN, FRENCH, SPANISH, UZBEK), strict=True))
RUSSIAN = ["Реестр не знает о портале."] * 20


@pytest.mark.parametrize("language", NAMED)
def test_what_is_not_english_is_told_from_a_few_sentences(language):
    assert hardly_english(OTHER[language])
    assert hardly_english(OTHER[language][:4])


@pytest.mark.parametrize("seed", range(20))
def test_ten_statements_of_the_demo_are_english(seed):
    """The rarest ten of 500 draws have 0.22 of these words (docs/measurements.md)."""
    assert ENGLISH_SHARE < 0.2
    assert not hardly_english(random.Random(seed).sample([row["text_en"] for row in demo_rows()], 10))


def test_of_keywords_nobody_can_tell():
    assert not hardly_english(KEYWORDS)
    assert not hardly_english([])
    assert not hardly_english(["GIS", "e-Gov", ""] * 10)


@pytest.mark.parametrize(
    ("language", "some"),
    [("German", {"die", "nicht", "und"}), ("French", {"les", "pas", "est"}), ("Spanish", {"que", "los", "no"})],
)
def test_function_words_are_those_of_the_language(language, some):
    assert some <= function_words(OTHER[language])


def test_a_language_without_a_list_has_no_function_words():
    assert function_words(UZBEK) == frozenset()


def test_the_reason_does_not_call_german_english():
    choice = choose(GERMAN)
    assert choice.name == ENGLISH
    assert str(choice.reason).startswith("Written in Latin letters, but hardly English: the model all-MiniLM-L6-v2")
    assert choice.caution is None
    by_hand = choose(GERMAN, ENGLISH)
    assert "named by hand" in str(by_hand.reason)
    assert "hardly English" in str(by_hand.caution)
    assert choose(GERMAN, MULTILINGUAL[0]).caution is None


def test_beside_russian_the_caution_comes_second():
    choice = choose(GERMAN + RUSSIAN)
    assert choice.name == PER_LANGUAGE
    assert "several languages" in str(choice.reason)
    assert "hardly English" in str(choice.caution)
    assert choose([row["text_en"] for row in demo_rows()[:20]] + RUSSIAN).caution is None


def test_a_multilingual_model_that_is_here_reads_german(monkeypatch):
    monkeypatch.setattr("coding.topics.embeddings.is_here", lambda name: name == MULTILINGUAL[0])
    choice = choose(GERMAN)
    assert (choice.name, choice.language, choice.caution) == (MULTILINGUAL[0], "en", None)


def test_topics_of_german_statements_are_named_by_words_with_sense(models_folder):
    statements = [StatementText(f"s{number:02}", text) for number, text in enumerate(GERMAN)]
    result = fit_topics(statements, cache_folder=models_folder)
    assert "hardly English" in str(result.notices[0])
    assert not any("English statements" in str(each) for each in result.notices)
    listed = function_words(GERMAN)
    assert result.topics
    assert not {word.lower() for topic in result.topics for word in topic.words} & listed
    assert not set(result.record["words"]["stop_words"]) & listed  # chosen by the texts, not by a person
