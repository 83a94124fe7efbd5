"""Every door, tried by somebody who is outside: what they were shown that they may not see, and what they changed."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.local_slack.workspace.state import User
from handlers.slack.action_ids import SHARE_ANSWER
from storage.engine.interface import Reader
from storage.workspaces import preferences
from tests.privacy.askers import ASKERS, MEMBER, PEER, Asker, Where, places
from tests.privacy.pressing import Door, request
from tests.privacy.seed import BELONGS, GENERAL, GROUP, OPEN, SECRET, SHARED, Seed
from tests.privacy.sending import sent
from tests.privacy.watching import Shown, markers_in, texts
from tests.privacy.world import World

#: What a member of the workspace may show to guests on purpose: the meaning of a word, in answer or by sharing, and
#: the answer to a mention.
_SHARING = ("glossary_share", "glossary_look_up", SHARE_ANSWER)
_DEFINITIONS = ("zqww", "zqwq", "zqwx")
_FORGED = {"p": SECRET, "g": GROUP, "s": SHARED, "w": OPEN}
_BETWEEN = timedelta(seconds=2)
#: After how many tries what is to be forgotten at once happens anew: what is kept is kept for two minutes.
_AGAIN = 50
_NOBODY = Asker("nobody", "", "")
_LATER = ("UREX", "UDEE")
#: What changes with whoever asks, and says nothing of a record.
_NOT_RECORDS = (
    "outbox",
    "handled",
    "finished_periods",
    "word_uses",
    "people",
    "homes",
    "workspaces",
    "decision_asks",
    "audit",
    "nudges",
)
#: Ids, time stamps, numbers of records: what differs between two stores that hold the same.
_COUNTED = re.compile(
    r"http://127\.0\.0\.1:\d+/\S*|[0-9a-f]{24}|\d{4}-\d\d-\d\dT[\d:.]+\+00:00|\x22fallback\x22: \x22[^\x22]*\x22"
    r"|\d{10}(?:\.\d{6})?|(?:response-|trigger\.|hash\.|hashX\.|V|VX|F|ev|Ev|b|a)\d{4,}|\b(?:D|DR|FB)-[0-9A-Z]+"
)


@dataclass(slots=True)
class Found:
    """What was tried, what went wrong, and what each door answered, without what only counts.

    ``seen`` are the letters of the places of which something was shown to the asker.
    """

    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    answers: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def chosen(asker: Asker, doors: Iterable[Door]) -> list[tuple[Door, Where]]:
    """Return doors with the places that they are tried from: those of the private channel from it, and from another.

    All places take turns. Each other place's doors are tried every third time, from their own place or another.
    """
    found, all_places = [], places(asker)
    for number, door in enumerate(doors):
        turn = all_places[number % len(all_places)]
        forged = next((each for each in all_places if each.channel_id == _FORGED.get(door.about)), turn)
        if door.about in ("p", ""):
            found += [(door, each) for each in dict.fromkeys((turn, forged))]
        elif number % 3 == 1:
            found.append((door, forged if number % 2 else turn))
    return found


async def attacked(world: World, asker: Asker, tries: Iterable[tuple[Door, Where]]) -> Found:
    """Try doors from places, one after another, and look at all that the bot shows."""
    own: set[str] = set()
    found = Found()
    for number, (door, where) in enumerate(sorted(tries, key=_late)):
        # Slack lets an app ask so much a minute: who waits for no answer is shown nothing, and would find no leak.
        world.bot.clock.move(_BETWEEN)
        if number % _AGAIN == 0:
            await happened(world, asker)
        did = await sent(world, door, asker, where)
        if door.route == "common-ground guests":
            await _take_back(world, where.channel_id)
        news = did.news
        found.tried += 1
        about = f"{door.name}, {asker.name}, {where.name}"
        found.wrong += [f"{about}: {did.problem}"] if did.problem != did.expected else []
        own |= markers_in(did.asked)
        found.wrong += [f"{about}: {each}" for each in leaks(news, asker, door, own | _written(asker, door))]
        mine = [each for each in news if asker.user_id in each.to]
        found.seen |= {marker[2] for each in mine for marker in each.markers - own}
        # Whether a Home is published again after what its person did depends on what it showed before.
        answers = [each for each in mine if each.how != "views.publish" or door.route == "app_home_opened"]
        found.answers[door.name, where.name] = sorted(_masked(each) for each in answers)
    return found


async def _take_back(world: World, channel_id: str) -> None:
    """Take back what an admin may allow: that guests read what is said in a channel would be no leak from then on."""
    taken = {"team_id": world.bot.identity.team_id, "subject": channel_id, "name": preferences.GUESTS_READ, "value": ""}
    await world.bot.store.write(lambda transaction: preferences.choose(transaction, **taken))


def _written(asker: Asker, door: Door) -> set[str]:
    """Return what somebody wrote in private conversations before they were removed: their own data tell them that."""
    is_own = asker.user_id == "UREX" and door.route == "common-ground my-data"
    return {f"zq{letter}wunclear" for letter in asker.hidden} if is_own else set()


def leaks_in_time(news: Iterable[Shown]) -> list[str]:
    """Return what was shown to those who may not see it while nobody asked."""
    return [
        f"{viewer} saw {sorted(hidden)} by {each.how}"
        for each in news
        for viewer in each.to
        if (hidden := {marker for marker in each.markers if marker[2] not in _sees(viewer, ASKERS.get(viewer, MEMBER))})
    ]


def told_outsiders(news: Iterable[Shown]) -> list[tuple[str, str]]:
    """Return what was shown to those outside of the private conversations, in no order."""
    return sorted((viewer, _masked(each)) for each in news for viewer in each.to if "p" not in _sees(viewer, _NOBODY))


def reminders_in(answers: dict[tuple[str, str], list[str]]) -> int:
    """Take the report about reminders out of the answers, and return how many it says were sent."""
    report = next(key for key in answers if key[0].startswith("command nudges report"))
    return sum(int(number) for number in re.findall(r"(\d+) sent", "".join(answers.pop(report))))


def _late(each: tuple[Door, Where]) -> tuple[bool, bool]:
    """What names nothing comes first, and buttons and forms last: what is typed into one may come back to them."""
    door, _ = each
    return door.way in ("button", "form"), bool(markers_in([door.told, dict(door.view)]))


def leaks(news: Iterable[Shown], asker: Asker, door: Door, own: set[str]) -> list[str]:
    """Return what was shown to somebody who may not see it; what the asker typed themselves (``own``) is no news."""
    return [told for each in news for told in _leaks(each, asker, door, own)]


def _leaks(shown: Shown, asker: Asker, door: Door, own: set[str]) -> list[str]:
    found = []
    for viewer in sorted(shown.to):
        hidden = {each for each in shown.markers - own if each[2] not in _sees(viewer, asker)}
        if viewer != asker.user_id and "w" in asker.sees and (door.way == "mention" or door.route in _SHARING):
            open_to_guests = {each for each in hidden if each.startswith(_DEFINITIONS) or door.route == SHARE_ANSWER}
            hidden -= open_to_guests if viewer == "UGUS" else set()
        if hidden:
            found.append(f"{viewer} saw {sorted(hidden)} by {shown.how}")
    if any("went wrong" in each for each in texts(shown.content)):
        found.append("something went wrong")
    return found


def _sees(user_id: str, asker: Asker) -> str:
    """Return what somebody may see; who is removed or deactivated is a member until it is their turn to ask."""
    if user_id == PEER.user_id or (user_id in _LATER and user_id != asker.user_id):
        return PEER.sees
    return ASKERS[user_id].sees if user_id in ASKERS else ""


def _masked(shown: Shown) -> str:
    content = {name: value for name, value in shown.content.items() if name not in ("trigger_id", "metadata", "hash")}
    return _COUNTED.sub("#", f"{shown.how} {json.dumps(content, sort_keys=True)}")


def kept(reader: Reader, seed: Seed, letters: str) -> set[str]:
    """Return all rows that belong to records of these places."""
    tables = reader.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
    records = {record for letter in letters for record in seed.records[letter]}
    own = {BELONGS[letter] for letter in letters}
    return {
        f"{row['name']} {json.dumps(each, sort_keys=True)}"
        for row in tables
        if row["name"] not in _NOT_RECORDS
        for each in reader.all(f"SELECT * FROM [{row['name']}]")
        if _is_of(each, records, own)
    }


def _is_of(row: Mapping[str, object], records: set[str], places_of: set[str]) -> bool:
    return row.get("visibility") in places_of or any(value in records for value in row.values())


async def happened(world: World, asker: Asker) -> None:
    """Let happen what makes this asker who they are: they leave, or are deactivated, after they have been told much."""
    slack, user = world.trial.slack, world.workspace.users.get(asker.user_id)
    if user is None or asker.user_id not in _LATER:
        return
    await _belongs(world, user)
    one = Door("command", "decision find zqpdtitle", "")
    asked = request(world, one, asker, places(asker)[0])
    answer = await slack.wire.request(asked.kind, asked.payload)
    if world.has_private and "zqpd" not in json.dumps(answer.body):
        raise LookupError(f"{asker.name} was shown nothing while they were a member")
    if asker.user_id == "UREX":
        for channel_id in (SECRET, GROUP):
            slack.people.leave(world.workspace.channels[channel_id], user)
    else:
        # Their conversation with the bot stays: Slack makes it anew for whoever writes to them, so that who reads an
        # answer there would depend on what was tried before.
        for channel in (each for each in world.workspace.channels.values() if each.kind != "im"):
            channel.members.discard(asker.user_id)
        slack.people.change(user, deleted=True)
    await world.trial.quiet()
    world.watch.news()


async def _belongs(world: World, user: User) -> None:
    """Let somebody be a member, of the private conversations too."""
    world.trial.slack.people.change(user, deleted=False)
    for channel_id in (GENERAL, OPEN, SECRET, GROUP):
        world.trial.slack.people.join(world.workspace.channels[channel_id], user)
    world.workspace.direct_channel(user.id).members.add(user.id)
    await world.trial.quiet()


def differences(whole: Found, without: Found) -> list[str]:
    """Return the doors that answer otherwise where there are private records."""
    return [
        f"{door}, {where}: {_first_difference(whole.answers[door, where], answer)}"
        for (door, where), answer in without.answers.items()
        if answer != whole.answers[door, where]
    ]


def _first_difference(one: list[str], other: list[str]) -> str:
    for mine, yours in zip([*one, ""], [*other, ""], strict=False):
        at = next((i for i, (a, b) in enumerate(zip(mine, yours, strict=False)) if a != b), min(len(mine), len(yours)))
        if mine != yours:
            return f"…{mine[max(0, at - 60) : at + 160]} | …{yours[max(0, at - 60) : at + 160]}"
    return "another number of answers"
