"""``python -m bot.transport.healthy`` ends with 0 if the bot on this machine lives: what a container engine asks.

It loads nothing of the bot, for it is asked twice a minute. Whether the bot *works* is for an alarm to ask, and for
who starts one replica after another (``python -m bot.transport.healthy /readyz``): an engine that restarted it because
Slack is down would help nobody.
"""

import http.client
import os
import sys

_PATIENCE_SECONDS = 4


def is_healthy(host: str, port: int, probe: str = "/healthz") -> bool:
    """Return whether what listens there says so of itself; 0.0.0.0 leads to this machine as well."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", probe)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_healthy(os.environ["HOST"], int(os.environ["PORT"]), *sys.argv[1:]))
