"""A map as a picture: laid out and turned into pixels by processes beside the bot's loop, where the tools are there.

They come with the extra ``maps``; without them there is a table alone.
"""

import asyncio
import json
import math
import re
import sys
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

import structlog

from handlers.responsibilities.drawing import graph, svg
from handlers.responsibilities.rules.plans import Plan
from handlers.slack.cache import SlowError, is_last, left

_log = structlog.get_logger(__name__)
_WORKER = Path(__file__).with_name("worker.py")
_FONTS = "fontpkg_inter"
_PATIENCE_SECONDS = 10
_PARTS = re.compile(r"[^\w.]+")
#: A picture is drawn twice as large as it is, for sharp screens, up to so many pixels.
_SHARP, _MOST_PIXELS = 2.0, 3_000_000


@cache
def is_there() -> bool:
    """Tell whether the tools that draw are installed."""
    return all(find_spec(each) is not None for each in ("pygraphviz", "resvg_py", _FONTS))


async def in_time(plan: Plan, description: str) -> bytes | None:
    """Return a map as a PNG; None where it can't be drawn, or takes longer than anybody waits.

    Raises SlowError where whoever asks can be answered later.
    """
    try:
        async with asyncio.timeout(min(_PATIENCE_SECONDS, left())):
            drawn = await as_svg(plan, description)
            return await as_png(drawn) if drawn is not None else None
    except TimeoutError as error:
        if not is_last():
            raise SlowError from error
        _log.warning("a map was not drawn in time", teams=len(plan.teams), points=len(plan.points))
        return None


def file_name(plan: Plan) -> str:
    return f"{_PARTS.sub('-', plan.system.name if plan.system else 'all').strip('-')[:60]}-map.png"


async def as_svg(plan: Plan, description: str) -> str | None:
    """Return a map as SVG; None where it can't be laid out."""
    asked = {"dot": graph.as_dot(plan), "across": graph.across(plan)}
    laid_out = await _done("layout", asked)
    if laid_out is None:
        return None
    return await asyncio.to_thread(lambda: svg.drawn(plan, graph.placed(plan, laid_out.decode()), description))


async def as_png(drawn: str) -> bytes | None:
    """Return an SVG of ours as a PNG; None where it can't be drawn."""
    wide, tall = (float(drawn.partition(f'{side}="')[2].partition('"')[0]) for side in ("width", "height"))
    zoom = min(_SHARP, math.sqrt(_MOST_PIXELS / (wide * tall)))
    with as_file(files(_FONTS).joinpath("files")) as folder:
        font = next(each for each in sorted(folder.iterdir()) if each.name.startswith(f"{svg.FONT}["))
        return await _done("raster", {"svg": drawn, "font": str(font), "zoom": zoom})


async def _done(job: str, asked: dict[str, object]) -> bytes | None:
    """Return what the worker makes of something; None where it fails, or takes too long."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_WORKER),
        job,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        made, problem = await worker.communicate(json.dumps(asked).encode())
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    if worker.returncode or not made:
        _log.warning("a map was not drawn", job=job, problem=problem.decode(errors="replace")[-400:])
        return None
    return made
