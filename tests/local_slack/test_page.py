"""The page: what a person sees of the workspace, and what they can do there."""

import json
from datetime import timedelta

import pytest
from aiohttp import ClientSession, FormData

from bot.local_slack.page.markup import as_html
from bot.local_slack.workspace.rendering import permalink
from bot.trial.run import Trial
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from tests.conftest import START
from tests.playing import play
from tests.writing import write


async def get(trial: Trial, path: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"{trial.slack.url}{path}") as response:
        return response.status, await response.text()


async def do(trial: Trial, **told: object) -> tuple[int, str]:
    async with (
        ClientSession() as session,
        session.post(f"{trial.slack.url}/do", data=json.dumps(told)) as response,
    ):
        answered = response.status, await response.text()
    await trial.quiet()
    return answered


async def screen(trial: Trial, me: str = "UANA", channel: str = "CGENERAL", thread: str = "") -> str:
    status, html = await get(trial, f"/screen?me={me}&in={channel}&thread={thread}")
    assert status == 200
    return html


async def test_a_command_typed_on_the_page_is_answered_to_its_asker_alone(running: Trial) -> None:
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="/define bias")
    assert "Only visible to you" in (seen := await screen(running))
    assert "Systematic error of a model" in seen
    assert "Systematic error of a model" not in await screen(running, me="UBEN")


async def test_a_button_on_the_page_is_pressed(running: Trial) -> None:
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="/define bias")
    (ts,) = running.slack.workspace.channels["CGENERAL"].ephemerals
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="use", ts=ts, action_id="glossary_share")
    assert 'Shared by <span class="mention">@Ana Ruiz</span>' in await screen(running, me="UBEN")
    assert 'Shared by <span class="mention mine">@Ana Ruiz</span>' in await screen(running)


async def test_a_mention_is_answered_in_its_thread(running: Trial) -> None:
    text = "@Common Ground what does drift mean?"
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text=text)
    ts = next(iter(running.slack.workspace.channels["CGENERAL"].messages))
    assert "1 reply" in await screen(running)
    thread = await screen(running, thread=ts)
    assert "The data or the relation to be predicted changes" in thread
    await do(running, me="UBEN", **{"in": "CGENERAL"}, what="say", text="thanks", thread=ts)
    assert "2 replies" in await screen(running)


async def test_a_form_is_filled_in_and_its_errors_stand_at_their_fields(running: Trial) -> None:
    await do(running, me="UCHLOE", **{"in": "CGENERAL"}, what="say", text="/common-ground settings")
    assert 'role="dialog"' in await screen(running, me="UCHLOE")
    entered = {"Disciplines": "product\nproduct", "Stewards of product": ["UANA", "UELI"]}
    await do(running, me="UCHLOE", what="submit", entered=entered)
    assert "“product” is listed twice." in await screen(running, me="UCHLOE")
    await do(running, me="UCHLOE", what="submit", entered={**entered, "Disciplines": "product"})
    assert "Saved. Disciplines: product." in await screen(running, me="UCHLOE")
    await do(running, me="UCHLOE", what="close")
    assert 'role="dialog"' not in await screen(running, me="UCHLOE")


async def test_a_channel_is_seen_by_its_members_alone(running: Trial) -> None:
    assert "secret-launch" in await screen(running)
    assert "secret-launch" not in await screen(running, me="UBEN", channel="CSECRETLAUNCH")


async def test_the_app_is_written_to_directly_and_time_goes_on(running: Trial) -> None:
    await do(running, me="UELI", what="home", tab="messages")
    await do(running, me="UELI", **{"in": "DELI"}, what="say", text="define recall")
    assert "1 reply" in await screen(running, me="UELI", channel="DELI")
    assert "Monday 5 January 2026, 10:00 for Eli" in await screen(running, me="UELI")
    await do(running, me="UELI", what="wait", seconds="86400")
    assert "Tuesday 6 January 2026, 10:00" in await screen(running, me="UELI")
    await do(running, me="UELI", what="wait", until="2026-07-06T09:00")
    assert "Monday 6 July 2026, 09:00" in await screen(running, me="UELI")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"what": "dance"}, "nobody can do 'dance' here"),
        ({"what": "use", "in": "CGENERAL", "ts": "1.1", "action_id": "x"}, "that message is gone"),
        ({"what": "use", "in": "CGENERAL", "view": "V1", "action_id": "x"}, "that form is gone"),
        ({"what": "delete", "in": "CGENERAL", "ts": "1.1"}, "that message is gone"),
        ({"what": "wait", "until": "2025-01-01T09:00"}, "time only moves on"),
        (
            {"what": "say", "in": "CGENERAL", "thread": "1.1", "text": "/define x"},
            "/define is not supported in threads. Sorry.",
        ),
        ({"what": "say", "in": "CNOWHERE", "text": "x"}, "there is no channel 'CNOWHERE'"),
    ],
)
async def test_what_cannot_be_done_is_told(running: Trial, told: dict[str, object], error: str) -> None:
    assert await do(running, me="UANA", **told) == (400, error)


async def test_channels_and_people_are_added_on_the_page(running: Trial) -> None:
    assert await do(running, me="UANA", what="create", name="pilot") == (200, "done")
    assert await do(running, me="UANA", what="create", name="hush", kind="private") == (200, "done")
    assert (await do(running, me="UANA", what="create", name="pilot"))[0] == 400
    assert await do(running, me="UANA", **{"in": "CGENERAL"}, what="rename", name="everybody") == (200, "done")
    assert await do(running, me="UANA", what="arrive", name="Zoe Adler") == (200, "done")
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="/me is away")
    seen = await screen(running, me="U0001")
    assert "pilot" in seen
    assert "hush" not in seen
    assert "@Ana Ruiz</span> has renamed the channel to “everybody”" in seen
    assert '<p class="plain i">is away</p>' in seen


async def test_time_passes_from_one_full_hour_to_the_next(running: Trial) -> None:
    passed, moments = running.slack.pass_time, []
    assert passed is not None

    async def pass_time(by: timedelta) -> None:
        await passed(by)
        moments.append(f"{running.bot.clock.now():%H:%M}")

    running.slack.pass_time = pass_time
    for seconds in (600, 7200):
        await do(running, me="UANA", what="wait", seconds=seconds)
    assert moments == ["09:10", "10:00", "11:00", "11:10"]


async def test_an_archived_channel_is_offered_to_nobody(running: Trial) -> None:
    ana, random = running.slack.workspace.users["UANA"], running.slack.workspace.channels["CRANDOM"]
    running.slack.people.archive(random, ana)
    await do(running, me="UCHLOE", **{"in": "CGENERAL"}, what="say", text="/common-ground settings")
    assert '<option value="CRANDOM"' not in await screen(running, me="UCHLOE")
    assert '<option value="CDATA"' in await screen(running, me="UCHLOE")
    assert "random" in await screen(running, me="UANA")
    running.slack.people.leave(random, ana)
    assert "random" not in await screen(running, me="UANA")


async def test_who_has_left_every_channel_still_has_the_app(running: Trial) -> None:
    for channel in list(running.slack.workspace.channels):
        await do(running, me="UGUS", **{"in": channel}, what="leave")
    assert "Message Common Ground" in await screen(running, me="UGUS", channel="")


async def test_the_page_and_its_files_are_served_and_no_others(running: Trial) -> None:
    status, html = await get(running, "/")
    assert (status, "Harbour, a Slack on this machine" in html) == (200, True)
    for name in ("page.css", "page.js"):
        assert (await get(running, f"/static/{name}"))[0] == 200
    assert (await get(running, "/static/screen.html"))[0] == 404


async def test_the_page_hears_of_every_change(running: Trial) -> None:
    async with ClientSession() as session, session.get(f"{running.slack.url}/changes") as stream:
        assert await stream.content.readline() == b"data: changed\n"
        assert await stream.content.readline() == b"\n"
        await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="hello")
        assert await stream.content.readline() == b"data: changed\n"


async def test_peoples_markup_cannot_break_out_of_the_page(running: Trial) -> None:
    nasty = NewSense(word="saga", discipline="product", gloss="<script>alert(1)</script>", definition='"><b>x')
    await write(running.bot.store, add_senses, "T0LOCAL", [nasty], running.bot.clock.now())
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="/define saga")
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="<script>alert(2)</script>")
    seen = await screen(running)
    assert "<script>" not in seen
    assert "&lt;script&gt;alert(1)" in seen
    assert "&lt;script&gt;alert(2)" in seen


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~no~ `c*d*`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>c*d*</code>"),
        ("a*b*c snake_case_name", "a*b*c snake_case_name"),
        ("<@UANA> <@UNO>", '<span class="mention">@Ana Ruiz</span> <span class="mention">@unknown</span>'),
        ("<#CGENERAL|x> <#CNO>", '<span class="mention">#general</span> <span class="mention">#unknown</span>'),
        ("<!channel>", '<span class="ping" title="This notifies everybody">@channel</span>'),
        ("<!date^1767600000^{date} at {time}|5 January>", "January 5, 2026 at 8:00 AM"),
        ("<!date^1767600000^{date_short_pretty}|5 January>", "today"),
        ("<!date^soon^{date}|5 January>", "5 January"),
        (
            "<!subteam^SENGINEERS> <!subteam^SNO>",
            '<span class="mention">@engineers</span> <span class="mention">@unknown</span>',
        ),
        ("```a *b*\nc``` *d*", "<pre>a *b*<br>c</pre> <strong>d</strong>"),
        ("see https://a.b/c.", 'see <a href="https://a.b/c" rel="noreferrer">https://a.b/c</a>.'),
        ("<javascript:alert(1)|site> :eyes: `:eyes:`", "site 👀 <code>:eyes:</code>"),
        ("&gt; quoted\n&gt; twice\nnot", "<blockquote>quoted<br>twice</blockquote>not"),
        ("<https://a.b?c=1&amp;d=2|site>", '<a href="https://a.b?c=1&amp;d=2" rel="noreferrer">site</a>'),
        ("<https://a.b>", '<a href="https://a.b" rel="noreferrer">https://a.b</a>'),
        ("1 &lt; 2 &amp;\nnew", "1 &lt; 2 &amp;<br>new"),
    ],
)
async def test_mrkdwn_is_shown_as_slack_shows_it(running: Trial, text: str, html: str) -> None:
    assert as_html(running.slack.workspace, text) == html


async def test_a_browser_that_has_gone_is_forgotten(running: Trial) -> None:
    async with ClientSession() as session, session.get(f"{running.slack.url}/changes") as stream:
        stream.close()
    for _ in range(2):
        await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="hello")
    assert "hello" in await screen(running)


async def test_a_permalink_leads_to_the_thread(running: Trial) -> None:
    text = "@Common Ground what does drift mean?"
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text=text)
    question, answer = running.slack.workspace.channels["CGENERAL"].messages.values()
    for message in (question, answer):
        link = permalink(running.slack.workspace, running.slack.workspace.channels["CGENERAL"], message)
        async with ClientSession() as session, session.get(link, allow_redirects=False) as response:
            assert response.headers["Location"] == f"/?in=CGENERAL&thread={question.ts}#m{message.ts}"


async def test_people_change_their_profile_and_the_channel_on_the_page(running: Trial) -> None:
    async def does(what: str, **more: object) -> None:
        assert (await do(running, me="UBEN", **{"in": "CRANDOM"}, what=what, **more))[0] == 200

    workspace = running.slack.workspace
    await does("quiet", on="yes")
    await does("change", status_emoji=":palm_tree:")
    await does("invite", who="UGUS")
    await does("leave")
    await does("join")
    seen = await screen(running, me="UBEN", channel="CRANDOM")
    assert "Take notifications again" in seen
    assert "I am back" in seen
    assert {"UGUS", "UBEN"} < workspace.channels["CRANDOM"].members
    await does("quiet", on="")
    assert workspace.users["UBEN"].dnd_until is None
    await does("say", text="hello")
    first = list(workspace.channels["CRANDOM"].messages.values())[-1]
    await does("say", text="also here", thread=first.ts, also=True)
    await does("react", ts=first.ts, name="eyes")
    seen = await screen(running, me="UBEN", channel="CRANDOM")
    assert "replied to a thread" in seen
    assert 'aria-label="eyes, 1"' in seen
    await does("edit", ts=first.ts, text="good-bye")
    await does("delete", ts=first.ts)
    assert "This message was deleted." in await screen(running, me="UBEN", channel="CRANDOM")
    await does("rates", on="yes")
    await does("refresh")
    await does("archive")
    assert "This channel is archived" in await screen(running, me="UBEN", channel="CRANDOM")
    assert (await do(running, me="UBEN", **{"in": "CRANDOM"}, what="say", text="x")) == (400, "#random is archived")


async def test_a_file_is_attached_on_the_page(running: Trial) -> None:
    form = FormData({"me": "UANA"})
    form.add_field("file", b"id\n1", filename="sample.csv")
    async with ClientSession() as session, session.post(f"{running.slack.url}/attach", data=form) as response:
        file_id = await response.text()
    await do(running, me="UANA", **{"in": "CGENERAL"}, what="say", text="", files=[file_id])
    assert "sample.csv" in await screen(running)
    assert await get(running, f"/files/{file_id}/sample.csv?me=UANA") == (200, "id\n1")
    async with (
        ClientSession() as session,
        session.post(f"{running.slack.url}/attach", data={"me": "UANA", "file": "none"}) as response,
    ):
        assert response.status == 400


async def test_the_open_panel_names_what_slack_would_mind(running: Trial) -> None:
    running.slack.workspace.warnings.append("Slack would mind this")
    assert "Slack would mind this" in await screen(running)


async def test_people_write_to_one_another_and_the_app_hears_nothing_but_its_commands(running: Trial) -> None:
    await do(running, me="UBEN", what="message", who="UANA")
    await do(running, me="UBEN", **{"in": "DANABEN"}, what="say", text="between us @Common Ground")
    await do(running, me="UBEN", **{"in": "DANABEN"}, what="say", text="/define recall")
    seen = await screen(running, me="UBEN", channel="DANABEN")
    assert "between us" in seen
    assert "Of the cases that really are positive" in seen
    assert "between us" in await screen(running, me="UANA", channel="DANABEN")
    assert "between us" not in await screen(running, me="UCHLOE", channel="DANABEN")
    assert [entry.what for entry in running.slack.wire.record] == ["/define"]


async def test_a_week_passes_hour_by_hour_so_that_what_is_due_on_the_way_is_done(running: Trial) -> None:
    await play(running, "ben in #general: /summary here weekly tuesday 09:00")
    await play(running, "ben in #general: @Common Ground decided: Lift because it is time")
    assert await do(running, me="UBEN", **{"in": "CGENERAL"}, what="wait", seconds=7 * 24 * 3600) == (200, "done")
    assert "Ben Okafor decided: Lift." in await screen(running, me="UBEN")
    assert running.bot.clock.now() == START + timedelta(days=7)


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
async def test_nobody_comes_by_another_name_of_this_machine_or_from_another_page(
    running: Trial, headers: dict[str, str]
) -> None:
    told = {"me": "UANA", "in": "CGENERAL", "what": "say", "text": "from elsewhere"}
    own = {"Origin": running.slack.url}
    async with ClientSession() as session:
        for path in ("/", "/screen?me=UANA"):
            async with session.get(f"{running.slack.url}{path}", headers=headers) as response:
                assert response.status == 403
        async with session.post(f"{running.slack.url}/do", json=told, headers=headers) as response:
            assert response.status == 403
        assert "from elsewhere" not in await screen(running)
        async with session.post(f"{running.slack.url}/do", json=told, headers=own) as response:
            assert response.status == 200
    assert "from elsewhere" in await screen(running)


async def test_what_goes_wrong_is_chosen_on_the_page_and_put_right_there(running: Trial) -> None:
    assert "Nothing, for now." in await screen(running)
    assert await do(running, what="wrong", kind="account_inactive", methods="chat.*", share="1") == (200, "done")
    assert await do(running, what="wrong", kind="slow", methods="users.*", share="0.1") == (200, "done")
    assert [str(rule) for rule in running.slack.faults.rules] == ["chat.*=account_inactive:1", "users.*=slow:0.1"]
    assert "the app is uninstalled: <code>chat.*</code>, 100%" in await screen(running)
    running.slack.workspace.app.refusal = "account_inactive"
    assert await do(running, what="right", rule="chat.*=account_inactive:1") == (200, "done")
    assert [str(rule) for rule in running.slack.faults.rules] == ["users.*=slow:0.1"]
    assert running.slack.workspace.app.refusal == ""


@pytest.mark.parametrize(
    ("kind", "share", "told"),
    [("sleepy", "1", "nothing goes wrong as 'sleepy'"), ("slow", "2", "a share is from 0 to 1, and not 2")],
)
async def test_what_cannot_go_wrong_is_told(running: Trial, kind: str, share: str, told: str) -> None:
    status, said = await do(running, what="wrong", kind=kind, methods="*", share=share)
    assert (status, said.startswith(told)) == (400, True)
