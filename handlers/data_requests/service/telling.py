"""What is said of a step: in the thread, to the owner, to who is named, to followers."""

from dataclasses import replace

from handlers.access.recipients import Destination, Facts, attach, edit, notify, post
from handlers.access.settling import Deed, say_anew, settle
from handlers.data_requests import contract
from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.messages import notices, record, thread
from handlers.data_requests.rules.moves import Move
from handlers.data_requests.rules.sittings import said_since
from handlers.data_requests.rules.status import settled_terms
from handlers.data_requests.service.drafts import announced
from handlers.data_requests.service.showing import contract_of, names_in, shown
from handlers.data_requests.service.suggesting import others_to_ask
from handlers.slack.blocks import Message
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Reader, Transaction
from storage.outbox import threads
from storage.outbox.deliveries import Delivery
from storage.outbox.threads import Thread
from storage.records.offers import Offer
from storage.workspaces.people import known_names


def opened(transaction: Transaction, request: DataRequest, facts: Facts) -> list[Delivery]:
    """Open the thread of a request."""
    header = record.header(shown(transaction, request, facts.names))
    opener = post(thread.place_of(request), header, facts.now)
    about = {"channel": request.channel, "opener": opener.id, "about": request.id}
    threads.add(transaction, Thread(id=request.thread, team_id=request.team_id, **about))
    return [opener]


def in_thread(transaction: Transaction, old: DataRequest, new: DataRequest, made: Move, facts: Facts) -> list[Delivery]:
    """Say a step in the thread; what is filled in within one sitting is said in one reply, which is edited."""
    said = _gone_on(transaction, old, new, made, facts)
    if said is None:
        settled = _settled(transaction, old, new, made, facts)
        replies = announced(transaction, new, _reply(transaction, old, new, made, facts), facts)
        said = [*settled, *_known_as(replies, old, new)]
    return said if facts.is_limited else [*said, refreshed(transaction, new, facts)]


def _reply(reader: Reader, old: DataRequest, new: DataRequest, made: Move, facts: Facts) -> Message:
    names = names_in(reader, new, facts.names)
    if made.act != "decline":
        return thread.became(old, new, made, names)
    others = others_to_ask(reader, new, facts)
    known = {**known_names(reader, new.team_id, [each.user_id for each in others]), **names}
    return thread.declined(new, made, known, [each for each in others if each.user_id in known])


def _gone_on(
    transaction: Transaction, old: DataRequest, new: DataRequest, made: Move, facts: Facts
) -> list[Delivery] | None:
    """Say all of a sitting in the reply that it has; None where it is new, or its reply is not there any more."""
    sitting = new.sitting
    if sitting is None or sitting != old.sitting:
        return None
    begin = data_requests.version_of(transaction, new.team_id, new.id, sitting.version)
    if begin is None:
        return None
    all_made = replace(made, offers=said_since(begin, new, sitting))
    told = thread.became(begin, new, all_made, names_in(transaction, new, facts.names))
    return say_anew(transaction, sitting.reply, told, facts)


def _known_as(replies: list[Delivery], old: DataRequest, new: DataRequest) -> list[Delivery]:
    """Give the reply of a new sitting the id that it is found by."""
    if new.sitting is None or new.sitting == old.sitting:
        return replies
    return [*(each.model_copy(update={"id": new.sitting.reply}) for each in replies[:1]), *replies[1:]]


def _settled(transaction: Transaction, old: DataRequest, new: DataRequest, made: Move, facts: Facts) -> list[Delivery]:
    """Take the buttons out of what asked for this step, and say there what was done; a reply of the thread says it."""
    of_itself = "This request was closed" if made.act == "expire" else "Its terms were changed"
    did = thread.did(made, old.terms) if made.by else of_itself
    is_answer = made.act != "edit" or new.state != old.state
    deeds = [Deed((new.id,), f" {did}." if made.by else f"{did}.")] if is_answer else []
    return settle(transaction, new.team_id, [*deeds, Deed((new.thread,), "")], facts)


def refreshed(reader: Reader, request: DataRequest, facts: Facts) -> Delivery:
    """Return what puts the first message of the thread right."""
    return edit(thread.place_of(request), record.header(shown(reader, request, facts.names)), facts.now)


def concerned(reader: Reader, old: DataRequest, new: DataRequest, made: Move, facts: Facts) -> list[Delivery]:
    """Tell a new owner once, who is to find something out, and followers what became of it."""
    is_turn = (old.state, old.turn, len(old.deliveries)) != (new.state, new.turn, len(new.deliveries))
    did = f"{thread.who_did(made, names_in(reader, new, facts.names))} {thread.did(made, old.terms)}"
    told = dict.fromkeys(new.followers, notices.for_follower(new, did, made.note)) if is_turn else {}
    known = {} if made.act == "send" else settled_terms(old)
    for term_id, said in settled_terms(new).items():
        before = known.get(term_id, Offer())
        is_new = (before.stance, before.finder, before.until) != ("unknown", said.finder, said.until)
        if said.stance == "unknown" and said.finder and said.until and is_new:
            told[said.finder] = notices.for_finder(new, term_id, said, made.by)
    if made.act == "send" or new.owner != old.owner:
        told[new.owner] = notices.for_owner(new, made.by)
    return notify(reader, new.team_id, told, facts)


def contract_files(reader: Reader, request: DataRequest, facts: Facts) -> list[Delivery]:
    """Put the contract into the thread once both sides have agreed, or give it to them where guests would read it."""
    made_of = contract_of(reader, request, facts.names)
    sides = [Destination(request.team_id, each) for each in (request.requester, request.owner)]
    places = sides if facts.is_limited else [thread.place_of(request)]
    data = (contract.file_name(request), odcs(made_of))
    text = (contract.file_name(request, "md"), contract.markdown(made_of))
    files = ((data, thread.contract_comment(request)), (text, "Readable version"))
    return [attach(place, file, told, facts.now) for place in places for file, told in files]
