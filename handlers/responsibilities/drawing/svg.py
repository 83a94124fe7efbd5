"""A map as SVG, of what Graphviz has placed: for a picture in Slack, and for files, light and dark. Pure."""

from collections.abc import Iterator, Sequence
from html import escape

from handlers.hooks.seams import Seam
from handlers.responsibilities.drawing import graph
from handlers.responsibilities.drawing.graph import BADGE, HEAD, LINE, PADDING, ROW_GAP, WIDTH, Arrow, Placed
from handlers.responsibilities.rules.plans import Part, Plan, State, Team

#: The font that comes with the drawing tools, and what a browser has like it.
FONT = "Inter"
_MARGIN, _TITLE, _KEY_GAP, _KEY_LINE = 14, 34, 34, 22
#: So many letters fit into a badge as large as others.
_FITS = 2
_NARROWEST = 2 * WIDTH + 22
#: Colours that differ for colour-blind eyes too (Okabe and Ito); each has a dash or a shape of its own besides.
_STYLE = """
text{font-family:Inter,system-ui,sans-serif;font-size:12px;fill:#1f2328}
.title{font-size:15px;font-weight:700}.bold{font-weight:600}.small{font-size:11px;fill:#57606a}
.sheet{fill:#fff}.team{fill:#f3f5f8;stroke:#8c959f}.outside{stroke-dasharray:5 4}
.head{fill:#2b3a4e}.head-outside{fill:#5b6675}.head-text{fill:#fff;font-weight:700}.part{fill:#fff;stroke:#d0d7de}
.way{fill:none;stroke-width:2}.proposed{opacity:.55}.gap{fill:#b3101c;font-weight:600}
.data{stroke:#0067b1}.requirements{stroke:#a2527f;stroke-dasharray:3 3}.integration{stroke:#00795c;stroke-dasharray:8 4}
.tip-data{fill:#0067b1}.tip-requirements{fill:#a2527f}.tip-integration{fill:#00795c}
.good{fill:#fff;stroke:#1f2328;stroke-width:1.5}.open{fill:#fff;stroke:#57606a;stroke-width:1.5;stroke-dasharray:3 2.5}
.broken{fill:#e69f00;stroke:#1f2328;stroke-width:1.5}.nobody{fill:#c1121f;stroke:#c1121f}
.number{font-weight:700;text-anchor:middle}.narrow{font-size:9px}.on-red{fill:#fff}.on-amber{fill:#1f2328}
"""
_DARK = """
@media (prefers-color-scheme:dark){
text{fill:#e6edf3}.small{fill:#adb7c2}.sheet{fill:#15191f}.team{fill:#1f2630;stroke:#6e7781}.head{fill:#3d4f66}.head-outside{fill:#5b6675}
.part{fill:#15191f;stroke:#444c56}.gap{fill:#ff8a80}.data{stroke:#56b4e9}.requirements{stroke:#e39ac1}
.integration{stroke:#3fc9a0}.tip-data{fill:#56b4e9}.tip-requirements{fill:#e39ac1}.tip-integration{fill:#3fc9a0}
.good{fill:#15191f;stroke:#e6edf3}.open{fill:#15191f;stroke:#adb7c2}.head-text,.on-red{fill:#fff}.on-amber{fill:#1f2328}
}
"""
_KEY: dict[State, str] = {
    "good": "agreed",
    "open": "still open",
    "broken": "missed, late or failed",
    "nobody": "no owner",
}
_SHOWN_STATES: tuple[State, ...] = ("good", "open", "broken", "nobody")


def drawn(plan: Plan, where: Placed, description: str) -> str:
    """Return the map as an SVG that is light, or dark where its reader's screen is; both are for screen readers too."""
    key = [*_key(plan)]
    width = max(where.width, _NARROWEST) + 2 * _MARGIN
    top = _MARGIN + _TITLE
    below = top + where.height + _KEY_GAP
    size = f'width="{width:.0f}" height="{below + len(key) * _KEY_LINE:.0f}"'
    heading = graph.wrapped(plan.title, int(width / 9), 1)[0]
    shown = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">',
        f'<title id="title">{escape(plan.title)}</title><desc id="description">{escape(description)}</desc>',
        f"<style>{_STYLE}{_DARK}</style>{_tips()}",
        f'<rect class="sheet" {size}/>',
        f'<text class="title" x="{_MARGIN}" y="{_MARGIN + 14}">{escape(heading)}</text>',
        f'<g transform="translate({(width - where.width) / 2:.1f} {top})">',
        *(_way(arrow, way) for arrow, way, _ in where.ways),
        *(_box(each, where.boxes[each.key]) for each in plan.teams),
        *(badge for arrow, _, middle in where.ways for badge in _badges(arrow, middle)),
        "</g>",
        *(f'<g transform="translate({_MARGIN} {below + n * _KEY_LINE:.1f})">{row}</g>' for n, row in enumerate(key)),
        "</svg>",
    ]
    return "\n".join(shown)


def _tips() -> str:
    tips = (
        f'<marker id="{each}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" '
        'markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
        f'<path class="tip-{each}" d="M0 0L10 5L0 10z"/></marker>'
        for each in ("data", "requirements", "integration")
    )
    return f"<defs>{''.join(tips)}</defs>"


def _way(arrow: Arrow, way: Sequence[tuple[float, float]]) -> str:
    """Return an arrow; what is required goes the other way, from who takes to who gives."""
    start, *bends = (f"{x:.1f} {y:.1f}" for x, y in way)
    end = "marker-start" if arrow.seam == "requirements" else "marker-end"
    proposed = " proposed" if all(each.is_proposed for each in arrow.points) else ""
    return f'<path class="way {arrow.seam}{proposed}" {end}="url(#{arrow.seam})" d="M{start}C{" ".join(bends)}"/>'


def _box(team: Team, middle: tuple[float, float]) -> str:
    height, (x, y) = graph.height_of(team), middle
    name = graph.wrapped(team.name, 23)
    head = HEAD + LINE * (len(name) - 1)
    dashed, pale = (" outside", " head-outside") if team.is_outside else ("", "")
    at, rows = head + PADDING, list[str]()
    for part in team.parts:
        rows.append(f'<g transform="translate({PADDING - 2} {at})">{_part(part)}</g>')
        at += graph.part_height(part) + ROW_GAP
    return (
        f'<g transform="translate({x - WIDTH / 2:.1f} {y - height / 2:.1f})">'
        f'<rect class="team{dashed}" width="{WIDTH}" height="{height}" rx="7"/>'
        f'<path class="head{pale}" d="M0 {head}V7Q0 0 7 0H{WIDTH - 7}Q{WIDTH} 0 {WIDTH} 7V{head}z"/>'
        f"{_lines(name, 'head-text', 10, 20)}{''.join(rows)}</g>"
    )


def _part(part: Part) -> str:
    name, wide = graph.lines_of(part), WIDTH - 2 * PADDING + 4
    is_gap = part.is_unowned or part.is_retired
    small, below = "small gap" if is_gap else "small", graph.small_print_of(part)
    top = 16 + LINE * len(name)
    return (
        f'<rect class="part" width="{wide}" height="{graph.part_height(part)}" rx="4"/>{_lines(name, "bold", 8, 16)}'
        f"{_lines(below, small, 8, top)}{_lines(graph.inside_of(part), 'small', 8, top + LINE * len(below))}"
    )


def _lines(told: Sequence[str], kind: str, x: int, y: int) -> str:
    return "".join(
        f'<text class="{kind}" x="{x}" y="{y + LINE * n}">{escape(each)}</text>' for n, each in enumerate(told)
    )


def _badges(arrow: Arrow, middle: tuple[float, float]) -> Iterator[str]:
    across, rows = arrow.badges
    for place, point in enumerate(arrow.points):
        x = middle[0] + (place % across - (across - 1) / 2) * BADGE
        y = middle[1] + (place // across - (rows - 1) / 2) * BADGE
        yield f'<g transform="translate({x:.1f} {y:.1f})">{_badge(point.state, str(point.number))}</g>'


def _badge(state: State, number: str) -> str:
    """Return the number of a point in the shape of its state: nobody reads it by colour alone."""
    told = f"{number}!" if state == "nobody" else number
    narrow = " narrow" if len(told) > _FITS else ""
    if state == "broken":
        shape, ink = '<path class="broken" d="M0-13L13 0L0 13L-13 0z"/>', " on-amber"
    elif state == "nobody":
        shape, ink = '<rect class="nobody" x="-11.5" y="-11.5" width="23" height="23" rx="3"/>', " on-red"
    else:
        shape, ink = f'<circle class="{state}" r="11.5"/>', ""
    return f'{shape}<text class="number{ink}{narrow}" y="4">{told}</text>'


def _key(plan: Plan) -> Iterator[str]:
    """Yield the lines of the key: what is on this map, and nothing else."""
    seams = graph.by_seam(graph.arrows(plan))
    if seams:
        yield "".join(f'<g transform="translate({at} 0)">{_line(each)}</g>' for each, at in _spread(seams))
    states = [each for each in _SHOWN_STATES if any(point.state == each for point in plan.points)]
    if any(part.duties for team in plan.teams for part in team.parts):
        yield '<text class="small">“5 of 6 owned”: duties that have an owner</text>'
    for begin in range(0, len(states), 2):
        yield "".join(
            f'<g transform="translate({number * 190} 0)">'
            f'<g transform="translate(9 -4) scale(.72)">{_badge(each, "")}</g>'
            f'<text class="small" x="24">{escape(_KEY[each])}</text></g>'
            for number, each in enumerate(states[begin : begin + 2])
        )


def _spread(seams: Sequence[Seam]) -> Iterator[tuple[Seam, int]]:
    at = 0
    for each in seams:
        yield each, at
        at += 48 + 6 * len(each)


def _line(seam: Seam) -> str:
    end = "marker-start" if seam == "requirements" else "marker-end"
    return f'<path class="way {seam}" {end}="url(#{seam})" d="M0-4H26"/><text class="small" x="32">{seam}</text>'
