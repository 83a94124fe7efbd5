"""Charts as Slack draws them (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block)."""

from collections.abc import Mapping, Sequence

from handlers.slack.blocks import Block


def lines(title: str, labels: Sequence[str], values: Mapping[str, Sequence[float]]) -> Block:
    """Return a line of values for each name, over the labels: 12 names of 20 characters, 20 labels."""
    series = [
        {"name": name, "data": [{"label": label, "value": value} for label, value in zip(labels, of, strict=True)]}
        for name, of in values.items()
    ]
    drawn: Block = {"type": "line", "series": series, "axis_config": {"categories": [*labels]}}
    return {"type": "data_visualization", "title": title, "chart": drawn}


def in_words(title: str, labels: Sequence[str], values: Mapping[str, Sequence[float]]) -> str:
    """Return what stands in the place of a chart that isn't taken."""
    told = [f"{name}: {', '.join(f'{value:g}' for value in of)}" for name, of in values.items()]
    return "\n".join([f"{title} ({', '.join(labels)})", *told])
