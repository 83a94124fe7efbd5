"""What the glossary tells of a week, and which words are somebody's own."""

import hashlib
from collections.abc import Sequence

from handlers.glossary.messages import questions as questions_views
from handlers.glossary.messages.definitions import SHOW_ALL
from handlers.hooks.digest import USUAL, Digest, Group, Line, Lines, News, Section, Span
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.glossary import changes as glossary_changes
from storage.glossary import glossary, opinions
from storage.glossary import questions as glossary_questions
from storage.glossary.changes import SenseVersion
from storage.glossary.glossary import Sense
from storage.glossary.questions import Question

_ASKED, _OWN = 5, 200
#: So many words compete to be the word of the week.
_CANDIDATES = 40
_SAYS = {"added": "new", "changed": "changed", "deprecated": "no longer used"}
_BECAME = {
    "added": " has {definition} now",
    "changed": " has {definition} that changed",
    "deprecated": " has {definition} that is no longer used",
}
_GLOSS = 120


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell new and changed definitions, open questions, what is asked for most, and one word with two definitions."""
    changes = _last_of_each(glossary_changes.changed_between(reader, team_id, span.visible, span.begin, span.end))
    questions = [each for each in glossary_questions.unanswered(reader, team_id, span.visible) if each.state == "open"]
    asked = opinions.asked_between(reader, team_id, span.visible, span.begin, _CANDIDATES)
    often = [each for each in asked if each[1] > 1]
    groups = (
        Group("new or changed", [_change_line(each) for each in changes]),
        Group("not defined yet", [_question_line(each) for each in questions], is_waiting=True),
        Group("asked for most", [_asked_line(word, times) for word, times, _ in often[:_ASKED]], is_news=False),
        Group("one word, two definitions", _word_of_the_week(reader, team_id, span, asked), is_news=False),
    )
    news = [*map(_change_news, changes), *(_question_news(each) for each in questions if span.holds(each.last_at))]
    section = Section("glossary", "Words", groups, order=40, lead="Words", news=news)
    return Digest(section, {"Open questions": len(questions)})


def own(reader: Reader, team_id: str, user_id: str, span: Span) -> Sequence[Group]:
    """Return the definitions that somebody added or looks after."""
    about = team_id, span.visible, user_id, _OWN
    lines = Lines(
        glossary_changes.count_made_by(reader, *about),
        lambda: [_sense_line(each) for each in glossary_changes.made_by(reader, *about)],
    )
    return [Group("definitions", lines, one="definition")]


def _last_of_each(changes: Sequence[SenseVersion]) -> list[SenseVersion]:
    """Return what was done last to each definition; who approves what was new leaves it new."""
    last: dict[str, SenseVersion] = {}
    for each in changes:
        if each.what in _SAYS:
            last.setdefault(each.sense.id, each)
    return list(last.values())


def _change_line(each: SenseVersion) -> Line:
    sense = each.sense
    told = f"{sense.word} ({sense.discipline}), {_SAYS[each.what]}: {blocks.cut(sense.gloss, _GLOSS)}"
    people = (each.by,) if each.by else ()
    return Line(f"sense {each.sense.id} {each.version}", told, each.at, people, _open(sense.word))


def _sense_line(sense: Sense) -> Line:
    state = "" if sense.status == "approved" else f" ({sense.status})"
    told = f"{sense.word} ({sense.discipline}){state}: {blocks.cut(sense.gloss, _GLOSS)}"
    return Line(f"sense {sense.id} {sense.version}", told, sense.updated_at, (), _open(sense.word))


def _question_line(question: Question) -> Line:
    often = f" Asked {question.times} times." if question.times > 1 else ""
    told, key = f"What does “{question.word}” mean?{often}", questions_views.key_of(question)
    button = blocks.button("Define", questions_views.DEFINE, key)
    # What a summary told is kept by its keys; a word that is redacted must not stay there.
    hashed = hashlib.sha256(key.encode()).hexdigest()[:16]
    return Line(f"question {hashed}", told, question.first_at, (question.owner,) if question.owner else (), button)


def _asked_line(word: str, times: int) -> Line:
    return Line(f"asked {word}", f"{word}, asked for {times} times so far", "", (), _open(word))


def _change_news(each: SenseVersion) -> News:
    """Name a word that was defined, or defined otherwise; the rule for its article is that of English."""
    sense, article = each.sense, "an" if each.sense.discipline[:1] in "aeiou" else "a"
    after = _BECAME[each.what].format(definition=f"{article} {sense.discipline} definition")
    return News(sense.word, after, button=_open(sense.word))


def _question_news(question: Question) -> News:
    times = f"asked {question.times} times" if question.times > 1 else "asked for"
    button = blocks.button("Define", questions_views.DEFINE, questions_views.key_of(question))
    return News(question.word, f"” {times}, not defined yet", "“", weight=USUAL + min(question.times, 9), button=button)


def _word_of_the_week(reader: Reader, team_id: str, span: Span, asked: Sequence[tuple[str, int, int]]) -> list[Line]:
    """Return one of the words that people here really ask for and that has several definitions, another every week."""
    several = [word for word, _, disciplines in asked if disciplines > 1]
    if not several:
        return []
    word = several[int(span.now.timestamp() // (7 * 24 * 3600)) % len(several)]
    senses = glossary.senses_named(reader, team_id, glossary.look_up_key(word), span.visible)
    shown = sorted((each for each in senses if each.status == "approved"), key=lambda each: each.discipline)[:2]
    told = f"{word}: " + "; ".join(f"{each.discipline}: {blocks.cut(each.gloss, _GLOSS)}" for each in shown)
    return [Line(f"word {word}", told, "", (), _open(word))]


def _open(word: str) -> blocks.Block:
    return blocks.button("Open", SHOW_ALL, word)
