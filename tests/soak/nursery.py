"""A process that has loaded a version of the bot, and forks one off for each start: most of a start is loading.

    python tests/soak/nursery.py SOCKET

takes what to run, as JSON with the three files that are its standard ones, from the socket with that number, and
answers with its process id; for what is waited for, with its exit code. Which bot it is, PYTHONPATH says.
"""

import importlib
import json
import os
import random
import runpy
import socket
import sys
from typing import Any

#: What is loaded before anything is forked, and what must not be the same in two processes.
_LOADED, _EACH_ITS_OWN = ("bot.app", "bot.__main__"), "storage.records.ids"
_LONGEST = 2**18


def _born(told: dict[str, Any], files: list[int]) -> int:
    pid = os.fork()
    if not pid:
        _become(told, files)
    for file in files:
        os.close(file)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if told["is_waited_for"] else pid


def _become(told: dict[str, Any], files: list[int]) -> None:
    """Be another program from now on."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(told["environment"])
    os.chdir(told["folder"])
    random.seed()
    if _EACH_ITS_OWN in sys.modules:
        importlib.reload(sys.modules[_EACH_ITS_OWN])
    program, *words = told["argv"]
    sys.argv = [program, *words]
    if program.endswith(".py"):
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__")
    sys.exit()


def _serve(told: socket.socket) -> None:
    while message := socket.recv_fds(told, _LONGEST, 3):
        if not message[0]:
            return
        told.send(str(_born(json.loads(message[0]), message[1])).encode())


if __name__ == "__main__":
    for name in _LOADED:
        importlib.import_module(name)
    with socket.socket(fileno=int(sys.argv[1])) as orders:
        _serve(orders)
