"""What stands between Slack and several replicas."""

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from tests.ports import free_port
from tests.soak.balancer import balancing


def named(name: str) -> TestServer:
    """A replica that answers with its name and with what it was told."""

    async def answer(request: web.Request) -> web.Response:
        told = f"{name} {request.path_qs} {request.headers['X-Slack-Retry-Num']} {await request.text()}"
        return web.Response(status=202, text=told, headers={"X-Slack-No-Retry": "1"})

    app = web.Application()
    app.router.add_post("/slack/events", answer)
    return TestServer(app)


async def test_each_request_goes_to_the_next_replica_whole_and_past_one_that_is_gone() -> None:
    async with named("one") as one, named("two") as two, balancing() as balancer, ClientSession() as slack:
        assert one.port is not None
        assert two.port is not None
        balancer.send_to([one.port, free_port(), two.port])
        told = []
        for number in range(4):
            url, headers = f"http://127.0.0.1:{balancer.port}/slack/events?a=b", {"X-Slack-Retry-Num": str(number)}
            async with slack.post(url, data="body", headers=headers) as answer:
                assert answer.status == 202
                assert answer.headers["X-Slack-No-Retry"] == "1"
                told.append(await answer.text())
    assert told == [f"{name} /slack/events?a=b {each} body" for each, name in enumerate(["two", "one", "two", "one"])]


async def test_where_no_replica_is_left_it_says_so() -> None:
    async with balancing() as balancer, ClientSession() as slack:
        balancer.send_to([free_port()])
        async with slack.post(f"http://127.0.0.1:{balancer.port}/slack/events") as answer:
            assert answer.status == 503
