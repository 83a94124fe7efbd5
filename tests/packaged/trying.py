"""What is promised of something packaged, and whether it holds."""

import typer


class Trying:
    """Prints what holds and what does not, and remembers whether all did."""

    def __init__(self) -> None:
        self.holds = True

    def see(self, promise: str, *, holds: bool, told: object = "") -> None:
        self.holds &= holds
        typer.echo(f"{'ok  ' if holds else 'FAIL'}  {promise}{'' if holds else f': {told}'}")
