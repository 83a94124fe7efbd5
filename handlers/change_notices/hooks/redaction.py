"""Takes out for good what was said of changes; who was asked, and what they answered, stays."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.agreements.components import named
from handlers.hooks.redaction import Redactable, Redacts
from storage.change_notices.change_notices import NOTICES, ChangeNotice
from storage.engine.interface import Reader, Transaction
from storage.outbox.redactions import REDACTED
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities

_CHANGES = "changes "


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    """Find what was said of the changes of a component by "changes" and its name."""
    if not text.casefold().startswith(_CHANGES):
        return ()
    parts = {each.id for each in named(text[len(_CHANGES) :], responsibilities.components(reader, team_id, visible))}
    every = (
        each for each in NOTICES.every(reader, team_id) if each.component_id in parts and each.visibility in visible
    )
    return [_redactable(reader, each, text[len(_CHANGES) :]) for each in every if each.answers]


def _redactable(reader: Reader, notice: ChangeNotice, name: str) -> Redactable:
    versions = [*NOTICES.versions(reader, notice.team_id, notice.id), notice]
    told = [said.note for each in versions for said in each.answers.values()]
    told += [text for each in versions for text in (each.to_version, each.of_version)]
    texts = tuple(dict.fromkeys(filter(None, told)))
    authors = tuple(dict.fromkeys(filter(None, (notice.by, *notice.answers))))
    return Redactable("change notice", notice.id, f"a change of {name}", notice.visibility, authors, texts)


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    notice = NOTICES.one(transaction, team_id, id=record.id)
    if notice is None:
        return
    NOTICES.change(transaction, notice, _emptied(notice), HistoryEntry(at=at, by=by, what="redacted it"))
    NOTICES.take_out(transaction, notice, _emptied)


def _emptied(notice: ChangeNotice) -> Mapping[str, Any]:
    answers = {who: each.model_copy(update={"note": each.note and REDACTED}) for who, each in notice.answers.items()}
    versions = {name: getattr(notice, name) and REDACTED for name in ("to_version", "of_version")}
    return {"answers": answers, **versions}


REDACTS = Redacts(("change notice",), find, take_out)
