"""Lays a map out, or turns its SVG into a PNG, in a process of its own: both are C and Rust that hold the bot's loop.

Run by its path, since it needs nothing of ours: ``python worker.py layout`` reads a graph in DOT as JSON, ``python
worker.py raster`` an SVG, with the font that it is set in.
"""

import json
import sys
from itertools import groupby

_TRIES = 3


def lay_out(dot: str, across: int) -> str:
    """Return Graphviz's layout as JSON; rows of more than ``across`` boxes are parted, so that it fits a phone."""
    from pygraphviz import AGraph  # noqa: PLC0415 - each of the two jobs loads its own library

    graph = AGraph(string=dot)
    for _ in range(_TRIES):
        placed = json.loads(graph.draw(format="json0", prog="dot"))
        found = [(round(float(each["pos"].split(",")[1])), each) for each in placed.get("objects", ())]
        rows = [[each for _, each in row] for _, row in groupby(sorted(found, key=_by_place), key=lambda one: one[0])]
        pairs = [pair for row in rows for pair in zip(row, row[across:], strict=False)]
        if not pairs:
            break
        for above, below in pairs:
            graph.add_edge(above["name"], below["name"], style="invis", key=f"{above['name']} {below['name']}")
    return json.dumps(placed)


def _by_place(one: tuple[int, dict[str, str]]) -> tuple[int, float]:
    return one[0], float(one[1]["pos"].split(",")[0])


def rasterise(svg: str, font: str, zoom: float) -> bytes:
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - the other job needs none of it

    return svg_to_bytes(svg_string=svg, font_files=[font], zoom=zoom)


def main(job: str) -> None:
    asked = json.load(sys.stdin.buffer)
    done = lay_out(**asked).encode() if job == "layout" else rasterise(**asked)
    sys.stdout.buffer.write(done)


if __name__ == "__main__":
    main(sys.argv[1])
