"""The map of who builds what with whom as Mermaid, which wikis and code hosts draw, in light and in dark.

Language: https://mermaid.js.org/syntax/flowchart.html.
"""

from collections.abc import Iterator, Mapping

from handlers.hooks.seams import Seam
from handlers.responsibilities.rules.plans import Plan, Point, State

#: What is delivered, required and integrated differs by its line too.
_ARROWS: Mapping[Seam, str] = {"data": "-->", "requirements": "-.->", "integration": "==>"}
_SIGNS: Mapping[State, str] = {"good": "✓", "open": "…", "broken": "◆", "nobody": "!"}
_COLOURS: Mapping[State, str] = {"broken": "stroke:#e69f00", "nobody": "stroke:#c1121f,stroke-width:3px"}


def written(plan: Plan) -> str:
    """Return a flowchart: a box a team with its components, and an arrow a point with its number and how it stands."""
    return "\n".join(("---", f"title: {_plain(plan.title)}", "---", "flowchart TB", *_lines(plan))) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    names: dict[str, str] = {}
    for number, team in enumerate(plan.teams, 1):
        yield f'  subgraph team{number}["{_text(team.name)}"]'
        for part in team.parts:
            names[part.id] = f"part{len(names) + 1}"
            label = "<br/>".join(map(_text, (part.name, part.told, *part.inside)))
            yield f'    {names[part.id]}["{label}"]'
        yield "  end"
    for place, point in enumerate(plan.points):
        one, other = names[point.source], names[point.target]
        ends = (other, one) if point.seam == "requirements" else (one, other)
        yield f'  {ends[0]} {_ARROWS[point.seam]}|"{_text(_label(point))}"| {ends[1]}'
        if point.state in _COLOURS:
            yield f"  linkStyle {place} {_COLOURS[point.state]}"


def _label(point: Point) -> str:
    nobody = "no owner" if point.state == "nobody" else point.owner
    return f"{point.number} {_SIGNS[point.state]} {point.seam}: {', '.join(filter(None, (point.told, nobody)))}"


def _text(told: str) -> str:
    """Return people's words inside quotes: none of them is Mermaid, Markdown or HTML."""
    return "".join(each if each.isalnum() or each in " .,:·✓…◆!()/-" else f"#{ord(each)};" for each in told)


def _plain(told: str) -> str:
    """Return a title of the front matter, which is YAML."""
    return "'" + " ".join(told.split()).replace("'", "''") + "'"
