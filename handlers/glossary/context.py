"""Finds words for whoever asks: by name, by a near name, by a description; in the order of the person and the place."""

from dataclasses import dataclass

from handlers.access.visibility import Viewpoint
from handlers.glossary.rules import naming
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, Perhaps, SideBySide, TooLong, Unknown
from handlers.slack.interactions import Interaction
from storage.engine.interface import WORKSPACE, Database, Reader
from storage.glossary import glossary, search
from storage.glossary.glossary import Sense
from storage.workspaces import preferences
from storage.workspaces.workspaces import Workspace

_DESCRIBED = 5


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks words up for one interaction. ``first`` are the disciplines that are shown before the workspace's order."""

    workspace: Workspace
    visibilities: tuple[str, ...]
    first: tuple[str, ...]

    def found(self, reader: Reader, word: str) -> Found | None:
        """Return a word's meanings; what was found is remembered while neither glossary nor disciplines change."""
        name = ("found", self.workspace.team_id, word, self.visibilities, self.first)
        revision = (self.workspace.glossary_revision, self.workspace.disciplines)
        return reader.remember(name, revision, lambda: self.find_now(reader, word))

    def find_now(self, reader: Reader, word: str) -> Found | None:
        """Return a word's meanings as they stand, without remembering: for use inside a write."""
        for key in naming.look_up_keys(word):
            if senses := glossary.senses_named(reader, self.workspace.team_id, key, self.visibilities):
                ordered = naming.in_order(senses, self.workspace.disciplines, self.first)
                return Found(ordered[0].word, ordered)
        return None

    async def look_up(self, store: Database, text: str) -> LookUp:
        """Answer what was asked: a word, two words side by side, or a description."""
        word = naming.asked_word(text)
        if not glossary.look_up_key(word):
            return NoWord()
        if len(word) <= naming.WORD_LIMIT and (found := self.found(store.reader, word)) is not None:
            return found
        if (two := naming.two_words(text)) is not None and max(map(len, two)) <= naming.WORD_LIMIT:
            return SideBySide(two, (self.found(store.reader, two[0]), self.found(store.reader, two[1])))
        return await store.search(lambda reader: self._search(reader, word))

    def _search(self, reader: Reader, word: str) -> LookUp:
        described = naming.described_by(word[: naming.DESCRIPTION_LIMIT])
        if described and (senses := self._about(reader, described)):
            return Perhaps(word, tuple(senses))
        if len(word) > naming.WORD_LIMIT:
            return TooLong()
        team_id, key = self.workspace.team_id, glossary.look_up_key(word)
        everyones = search.words_for_all(reader, team_id).sharing_an_end(key) if WORKSPACE in self.visibilities else []
        private = search.names_in(reader, team_id, [each for each in self.visibilities if each != WORKSPACE])
        names = naming.nearest(word, [*everyones, private])
        return DidYouMean(word, names) if names else Unknown(word)

    def _about(self, reader: Reader, words: tuple[str, ...]) -> list[Sense]:
        return search.senses_about(reader, self.workspace.team_id, words, self.visibilities, _DESCRIBED)


def finder(interaction: Interaction, viewpoint: Viewpoint, workspace: Workspace, reader: Reader) -> Finder:
    return Finder(workspace, viewpoint.visibilities, first_disciplines(interaction, workspace, reader))


def first_disciplines(interaction: Interaction, workspace: Workspace, reader: Reader) -> tuple[str, ...]:
    """Return the disciplines that the person and the place have chosen, the person's first."""
    chosen = preferences.chosen(reader, workspace.team_id, workspace.preferences_revision, preferences.DISCIPLINE)
    if not chosen:
        return ()
    wanted = (chosen.get(interaction.user_id), chosen.get(interaction.place.channel_id))
    return tuple(each for each in wanted if each)
