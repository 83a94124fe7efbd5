"""The ordinary case, from the first click to agreed: both sides together, at most 4 forms and 15 inputs."""

from bot.trial.run import Trial
from storage.engine.interface import to_text
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import OWNER, every, one
from tests.playing import play

ASKED = {
    "What data do you need?": "berth arrivals",
    "What is it for?": "to tell pilots when a berth is free",
    "Which model or product?": "berth model",
    OWNER: "ana",
    "Needed by": "2026-02-02",
    "Anything you know already?": "hourly, no personal data / ship_id,berth,arrived_at,draught_m",
}
ROWS = " / ".join(f"A{n},{'North' if n % 2 else 'South'},{4 + n / 2}" for n in range(20))


class Counted:
    """A trial in which forms that have inputs, and inputs that people fill in, are counted."""

    def __init__(self, running: Trial) -> None:
        self.trial, self.seen = running, ""
        self.forms, self.inputs = 0, 0

    async def opens(self, *lines: str) -> str:
        """Do what ends in a form."""
        self.seen = await play(self.trial, *lines)
        self.forms += 1
        return self.seen

    async def fills_in(self, who: str, fields: dict[str, str]) -> str:
        """Fill in the form that is open, and send it."""
        self.inputs += len(fields)
        entered = [f'{who} enters "{label}": {text}' for label, text in fields.items()]
        return await play(self.trial, *entered, f"{who} submits", f"{who} closes")


def inputs_of(trial: Trial, user_id: str) -> list[str]:
    view = trial.slack.workspace.open_view(user_id)
    return [str(each["label"]["text"]) for each in view.blocks if each["type"] == "input"] if view is not None else []


async def test_both_sides_agree_with_four_forms_and_fifteen_inputs_at_most(running: Trial) -> None:
    counted = Counted(running)
    await counted.opens("dev in #data: /data-request")
    assert inputs_of(running, "UDEV") == list(ASKED)
    await counted.fills_in("dev", ASKED)
    assert one(running).state == "open"
    await counted.opens('ana presses "Respond"')
    told = await counted.opens('ana presses "Make an offer"')
    assert "Completeness (% of values present): [98]\n      98 % is usual for records that people fill in." in told
    assert "Classification: [Internal]" in told
    assert "Does it contain personal data?: [No]" in told
    assert "Who can explain the data?: [@Ana Ruiz]" in told
    shown = len(inputs_of(running, "UANA"))
    await counted.fills_in("ana", {"How much data?": "10,000 rows a month"})
    assert set(one(running).agreements) == {"owner"}
    await counted.opens('dev presses "Respond"')
    told = await play(running, 'dev presses "Agree"')
    assert "[file DR-1-v1.0.0.odcs.yaml]" in told
    agreed = one(running)
    assert agreed.state == "agreed"
    assert agreed.agreed_terms["schema"].parts["columns"].splitlines()[0] == "ship_id | string"
    assert (counted.forms, counted.inputs) == (4, 7)
    # Even with each field of the offer counted that is filled in beforehand.
    assert len(ASKED) + shown <= 15


async def test_a_sample_fills_in_what_it_tells_and_nothing_of_it_is_kept(running: Trial) -> None:
    page = {name: text for name, text in ASKED.items() if name != "Anything you know already?"}
    await play(running, "dev in #data: /data-request", 'dev presses "Attach a sample instead"')
    assert len(inputs_of(running, "UDEV")) == 6
    entered = [f'dev enters "{label}": {text}' for label, text in page.items()]
    sample = f'dev attaches "arrivals.csv": ship_id,berth,draught_m / {ROWS}'
    await play(running, *entered, sample, "dev submits", "dev closes")
    assert one(running).terms == {}
    await play(running, "wait 1 minute")
    schema = one(running).terms["schema"].asked
    assert schema is not None
    assert schema.parts["columns"].splitlines() == [
        "ship_id | string key",
        "berth | string |  | North, South",
        "draught_m | number |  | 4 to 13.5 m",
    ]
    assert (schema.source, schema.by) == ("arrivals.csv, 20 rows", "UDEV")
    assert "A17" not in one(running).model_dump_json()
    told = await play(running, "ana in #data: /data-request DR-1 terms", 'ana presses "Change what\'s in it, how good"')
    assert "From arrivals.csv, 20 rows. Check it, and change what's wrong." in told
    assert "Completeness (% of values present) (optional): [100]" in told


async def test_words_typed_before_a_sample_is_attached_are_kept(running: Trial) -> None:
    await play(running, "dev in #data: /data-request", 'dev enters "Anything you know already?": hourly')
    view = running.slack.workspace.open_view("UDEV")
    assert view is not None
    view.entered["known", "known"] = {"type": "plain_text_input", "value": "hourly"}
    await play(running, 'dev presses "Attach a sample instead"')
    told = await play(running, 'dev presses "Describe it instead"')
    assert "Anything you know already? (optional): [hourly]" in told


async def test_an_offer_that_differs_stays_open(running: Trial) -> None:
    await play(running, "dev in #data: /data-request", *(f'dev enters "{n}": {t}' for n, t in ASKED.items()))
    await play(running, "dev submits", "dev closes")
    await play(running, "ana in #data: /data-request DR-1 terms", 'ana presses "Change how much and how fresh"')
    told = await play(
        running, 'ana enters "How often is it delivered?": Daily', 'ana enters "How much data?": 9 rows', "ana submits"
    )
    assert "Still open: freshness (requested and offered differ), quality, access (incomplete), expert." in told
    assert one(running).agreements == {}


async def test_the_owner_gives_a_sample_too_and_a_bystander_does_not(running: Trial) -> None:
    await play(running, "dev in #data: /data-request", *(f'dev enters "{n}": {t}' for n, t in ASKED.items()))
    await play(running, "dev submits", "dev closes")
    sample = 'attaches "more.csv": ship_id,berth / A1,North / A2,'
    told = await play(running, "eli in #data: /data-request DR-1 check", f"eli {sample}", "eli submits")
    assert "! Only the requester and the owner can fill in terms." in told
    told = await play(running, "ana in #data: /data-request DR-1 check", f"ana {sample}", "ana submits")
    assert "Reading more.csv. The result will be in the thread of DR-1 in a minute or two." in told
    await play(running, "ana closes", "wait 1 minute")
    quality = one(running).terms["quality"].offered
    assert quality is not None
    assert (quality.parts, quality.by) == ({"completeness": "50"}, "UANA")
    # What Dev pasted stands: the sample fills in what is not set.
    assert one(running).terms["schema"].offered is None
    await play(running, "ana in #data: /data-request DR-1 check", f"ana {sample}", "ana submits", "ana closes")
    assert "I read more.csv. Everything it tells me is already set." in await play(running, "wait 1 minute")


async def test_rows_of_data_are_refused_where_a_table_is_described(running: Trial) -> None:
    table = "CREATE TABLE t ( / a INT, / b TEXT, / c TEXT, / d TEXT, / e TEXT, / f TEXT)"
    fields = {**ASKED, "Anything you know already?": f"{table} / " + " / ".join(f"{n},Ship,North" for n in range(6))}
    await play(running, "dev in #data: /data-request", *(f'dev enters "{n}": {t}' for n, t in fields.items()))
    told = await play(running, "dev submits")
    assert "! This looks like rows of data." in told
    assert every(running) == []
    await play(running, f'dev enters "Anything you know already?": {table}', "dev submits")
    assert one(running).state == "open"
    schema = one(running).terms["schema"].asked
    assert schema is not None
    assert schema.parts["columns"].startswith("a | integer\nb | string\n")


async def test_a_model_of_the_register_is_chosen_and_a_private_one_only_in_its_channel(running: Trial) -> None:
    for place, name in (("#general", "berth model"), ("#secret-launch", "falcon")):
        await play(
            running,
            f"chloe in {place}: /owner add {name}",
            'chloe enters "What is it?": model',
            'chloe enters "Who leads it?": chloe',
            "chloe submits",
            "chloe closes",
        )
    await play(running, "dev in #data: /data-request")
    view = running.slack.workspace.open_view("UDEV")
    assert view is not None
    assert "berth model" in str(view.blocks)
    assert "falcon" not in str(view.blocks)
    await play(running, *(f'dev enters "{name}": {text}' for name, text in ASKED.items()), "dev submits")
    request = one(running)
    assert (request.serves, bool(request.component_id)) == ("berth model", True)
    await play(running, "dev closes", "chloe in #secret-launch: /data-request")
    view = running.slack.workspace.open_view("UCHLOE")
    assert view is not None
    assert "falcon" in str(view.blocks)


async def test_how_much_is_read_from_the_name_and_the_purpose_begins_a_line(running: Trial) -> None:
    counted = Counted(running)
    await counted.opens("dev in #data: /data-request")
    told = await counted.fills_in("dev", {**ASKED, "What data do you need?": "berth arrivals, 2 years"})
    assert "*DR-1 · berth arrivals* · open\n    To tell pilots" in told
    assert one(running).terms["quantity"].asked == Offer(
        parts={"amount": "2 years"}, source="the request", by="UDEV", at=to_text(running.bot.clock.now())
    )
    await play(running, 'ana presses "Respond"')
    told = await play(running, 'ana presses "Make an offer"')
    assert "Already set: quantity 2 years; freshness delivered hourly; schema 4 columns: ship_id, berth," in told
