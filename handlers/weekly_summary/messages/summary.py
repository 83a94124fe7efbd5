"""What a weekly summary looks like: what matters most, a line a chapter, and each chapter as a reply in its thread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.access.visibility import may_hear
from handlers.checks.dates import age
from handlers.hooks.digest import Group, Line, News, Section
from handlers.slack import blocks, charts
from handlers.slack.action_ids import SUMMARY_MINE
from handlers.slack.blocks import Block, Message
from handlers.weekly_summary.rules import change, named_first, weightiest
from storage.workspaces.summaries import Run

MORE = "summary_more"
#: Lines of a chapter in the thread, and of a page of what is more.
SHOWN, _MORE_SHOWN = 6, 15
#: Slack takes 50 blocks in a message.
_LONGEST = 48
#: So many things of a chapter are named in the first message, and so many people.
_NAMED, _PEOPLE = 2, 4
_WEEKS = 12
#: Of the name of a block.
_NAME_LENGTH = 255
_ROW = 300
#: What the chart follows, and how features call it; Slack takes 20 characters.
CHARTED = {
    "Undefined words": "Open questions",
    "Open data requests": "Open requests",
    "Duties without owner": "Unowned duties",
    "Decisions made": "Decisions",
}
#: The section whose note has a figure that is compared with the week before, and that figure.
_COMPARED = ("duties", "Duties with an owner")

_BOLD: Block = {"style": {"bold": True}}
QUIET = "A quiet week: nothing new."
_NO_NEWS = "No news this week."
LEFT_OUT = "Guests or people from other workspaces are in this channel, so I only list what belongs to it."
NOTHING_YET = blocks.said("Nothing to report here yet.")
NOT_TOLD = blocks.said("Slack didn't tell me who can read this channel. Please try again in a minute.")
GONE = blocks.said("That list has nothing more to show.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A summary ready to be told: its sections, its figures, and those of the weeks before, the newest first."""

    sections: Sequence[Section]
    figures: Mapping[str, int]
    before: Sequence[Run]
    names: Mapping[str, str]
    now: datetime
    run_id: str = ""
    is_naming: bool = False
    period: str = ""
    #: Who reads there; None where everybody may.
    readers: frozenset[str] | None = None
    #: Whether the workspace's records are left out: then nothing is compared with weeks in which they were told.
    is_limited: bool = False
    #: On whom something waits, and how much.
    waiting: Sequence[tuple[str, int]] = ()
    #: The addresses of threads of ours, by their ids.
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """Return the day that names it, in the zone of who chose when it comes."""
        return self.period or self.now.date().isoformat()

    @property
    def last(self) -> Mapping[str, int]:
        return self.before[0].figures if self.before and not self.is_limited else {}

    def link_to(self, told: Line | News) -> str:
        return told.link or self.links.get(told.thread, "")


def bullets(lines: Sequence[Block]) -> Block:
    """Rich text lines as a list, inside ``blocks.paragraphs``."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def lead(shown: Shown) -> Message:
    """What matters most in a sentence, a line for each chapter with news, and on whom something waits."""
    first, listed = weightiest(shown.sections), named_first(shown.sections)
    title = first.sentence if first is not None else _NO_NEWS
    lines = [_headline(title, first, shown), *(_named(section, shown) for section in listed)]
    lines += [blocks.paragraphs(_waiting_on(shown))] if shown.waiting else []
    named = [*([first] if first is not None else []), *(news for each in listed for news in each.news[:_NAMED])]
    opened = [_opening(news) for news in named if not shown.link_to(news)]
    mine = [blocks.button("What needs me", SUMMARY_MINE)] if shown.waiting else []
    below = [*mine, *(each for each in opened if each is not None)]
    left_out = (blocks.small_print(LEFT_OUT),) if shown.is_limited else ()
    row = (blocks.in_row(below),) if below else ()
    return Message(blocks.escape(title), blocks.apart((*lines, *row, *left_out)))


def _headline(title: str, first: News | None, shown: Shown) -> Block:
    """The sentence of what matters most, which leads to its message, if there is one."""
    link = shown.link_to(first) if first is not None else ""
    words = {**blocks.link(link, title), **_BOLD} if link else blocks.words(title, "bold")
    return _about(blocks.paragraphs(blocks.line(words)), "0", *([first.button] if first is not None else []))


def quiet(shown: Shown) -> Message:
    return blocks.said(f"{QUIET} {LEFT_OUT}") if shown.is_limited else blocks.said(QUIET)


def _named(section: Section, shown: Shown) -> Block:
    """Name the weightiest news of a chapter, each as a link where it has a message."""
    parts = [blocks.words(section.lead, "bold")]
    for place, news in enumerate(section.news[:_NAMED]):
        link = shown.link_to(news)
        name = blocks.link(link, news.name) if link else blocks.words(news.name)
        around = [blocks.words(f"{' · ' if place else '  '}{news.before}"), name]
        parts += [*around, *([blocks.words(news.after)] if news.after else [])]
    left = len(section.news) - _NAMED
    line = blocks.line(*parts, *([blocks.words(f" · {left} more")] if left > 0 else []))
    return _about(blocks.paragraphs(line), section.id, *(news.button for news in section.news[:_NAMED]))


def _about(block: Block, place: str, *opening: Block | None) -> Block:
    """Name a block by the records that it tells of, as their buttons do, so that it is found when one is redacted."""
    values = " ".join(str(each.get("value", "")) for each in opening if each is not None)
    return {**block, "block_id": f"{place} {values}"[:_NAME_LENGTH]}


def _opening(news: News) -> Block | None:
    """Return the button of news without a message, with its name on it."""
    button = news.button
    if button is None:
        return None
    text = button["text"]
    label = text["text"] if isinstance(text, dict) else "Open"
    return {**button, "text": blocks.plain(blocks.cut(f"{label} {news.name}", blocks.BUTTON_LIMIT // 2))}


def _waiting_on(shown: Shown) -> Block:
    """Name on whom most waits; nobody is notified, unless that was chosen."""
    parts = [blocks.words("Waiting on ")]
    for place, (person, count) in enumerate(shown.waiting[:_PEOPLE]):
        is_named = shown.is_naming and may_hear(shown.readers, person)
        who = blocks.person(person) if is_named else blocks.words(shown.names.get(person, "somebody"))
        parts += [*([blocks.words(", ")] if place else []), who, blocks.words(f" ({count})")]
    left = len(shown.waiting) - _PEOPLE
    return blocks.line(*parts, blocks.words(f" and {left} more." if left > 0 else "."))


def chapter(told: Section, shown: Shown) -> Message:
    """One section in the thread: six lines at most, and a button that shows all with what opens each."""
    note = f"  {told.note}{_compared(told, shown)}." if told.note else ""
    head = blocks.line(blocks.words(told.title, "bold"), *([blocks.words(note)] if note else []))
    listed = _flat(told)
    said = [blocks.paragraphs(head)]
    for group, lines in _by_group(listed[:SHOWN]):
        said.append(blocks.sentence(_capital(group.told), "italic"))
        said += [_bullet(line, shown, f"{group.told} {place}") for place, line in enumerate(lines)]
    label = f"All {len(listed)}" if len(listed) > SHOWN else "More"
    more = blocks.spoken(blocks.button(label, MORE, f"{shown.run_id}:{told.id}:0"), f"{label}: {told.title}")
    return Message(blocks.escape(told.title), (*said, blocks.buttons([more])))


def more(told: Section, begin: int, shown: Shown) -> Message:
    """All of a section with the buttons that open its records, a page at a time."""
    listed = _flat(told)
    said = [blocks.sentence(told.title, "bold")]
    for group, lines in _by_group(listed[begin : begin + _MORE_SHOWN]):
        said += [blocks.sentence(_capital(group.told), "italic"), *(_row(line, shown) for line in lines)]
    if (left := len(listed) - begin - _MORE_SHOWN) > 0:
        button = blocks.button("Show them", MORE, f"{shown.run_id}:{told.id}:{begin + _MORE_SHOWN}")
        said.append(blocks.row(f"{left} more", button))
    return Message(blocks.escape(told.title), blocks.apart(said))


def in_full(shown: Shown) -> list[Message]:
    """The lead, and what stands in its thread."""
    return [lead(shown), *(chapter(each, shown) for each in shown.sections if each.told_groups)]


def preview(shown: Shown) -> Message:
    listed = [block for part in in_full(shown) for block in part.blocks][:_LONGEST]
    return Message("What the summary would say here now", blocks.apart(listed))


def trend(shown: Shown) -> Message | None:
    """The figures of up to twelve weeks as Slack's own chart, with a text where it is not taken.

    None where nothing has moved since the last one.
    """
    weeks = [*reversed(shown.before[: _WEEKS - 1])]
    if not weeks or shown.is_limited:
        return None
    labels = [_day(each) for each in (*(run.period for run in weeks), shown.day)]
    columns = [*(run.figures for run in weeks), shown.figures]
    values = {name: [column.get(figure, 0) for column in columns] for name, figure in CHARTED.items()}
    if not any(of[-1] != of[-2] for of in values.values()):
        return None
    drawn, title = {name: of for name, of in values.items() if any(of)}, f"The last {len(labels)} summaries"
    return Message(
        title,
        (charts.lines(title, labels, drawn),),
        otherwise=blocks.escape(charts.in_words(title, labels, drawn)),
    )


def _day(period: str) -> str:
    day = date.fromisoformat(period[:10])
    return f"{day.day} {day:%b}"


def _flat(told: Section) -> list[tuple[Group, Line]]:
    return [(group, line) for group in told.told_groups for line in group.lines]


def _by_group(listed: Sequence[tuple[Group, Line]]) -> Iterator[tuple[Group, list[Line]]]:
    """Put lines of one kind together again."""
    for group in dict.fromkeys(id(group) for group, _ in listed):
        lines = [(each, line) for each, line in listed if id(each) == group]
        yield lines[0][0], [line for _, line in lines]


def _line(line: Line, shown: Shown) -> Block:
    """One line of the thread, its record's message behind its words."""
    link, (told, *marks) = shown.link_to(line), _words(line, shown)
    first = blocks.link(link, told) if link else blocks.words(told)
    return blocks.line(first, *([blocks.words(f" · {' · '.join(marks)}")] if marks else []))


def _bullet(line: Line, shown: Shown, place: str) -> Block:
    return _about(blocks.paragraphs(bullets([_line(line, shown)])), place, line.button)


def _row(line: Line, shown: Shown) -> Block:
    told = " · ".join(_words(line, shown))
    if line.button is None:
        return blocks.sentence(told)
    return blocks.row(told, blocks.spoken(line.button, f"Open {told}"))


def _words(line: Line, shown: Shown) -> list[str]:
    """Say what a line is of, who has to act, how old it is, and whether it is new since the last summary."""
    people = [shown.names[each] for each in line.people[:_PEOPLE] if each in shown.names]
    is_new = bool(shown.before and line.since) and line.key not in shown.before[0].keys
    marks = [", ".join(people), age(line.since, shown.now.date()), "new" if is_new else ""]
    return [blocks.cut(line.told, _ROW), *(each for each in marks if each)]


def _compared(told: Section, shown: Shown) -> str:
    """Say how a note's figure changed since the last summary."""
    section, name = _COMPARED
    return change(shown.figures.get(name, 0), shown.last, name) if told.id == section else ""


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
