"""What the demo prints: one line a step with its time, a bar for long ones, tables at the end."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table


class Show:
    """Prints for a person who watches. `note` adds a detail to the step that is running."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self._notes: list[str] = []

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self._notes = []
        started = time.perf_counter()
        with self.console.status(title):
            yield
        detail = f"：{'，'.join(self._notes)}" if self._notes else ""
        self.line(f"[green]✓[/] {title}{detail}[dim]（{time.perf_counter() - started:.1f} 秒）[/]")

    def note(self, text: str) -> None:
        self._notes.append(text)

    def bar(self, title: str, things: Iterable[object], total: int) -> None:
        """Run through `things`, moving a bar."""
        started = time.perf_counter()
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn())
        quiet = not self.console.is_terminal
        with Progress(*columns, console=self.console, transient=True, disable=quiet) as progress:
            task = progress.add_task(title, total=total)
            for _ in things:
                progress.advance(task)
        self.line(f"[green]✓[/] {title}：{total} 件[dim]（{time.perf_counter() - started:.1f} 秒）[/]")

    def table(self, title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
        table = Table(header_style="dim", box=None, pad_edge=False)
        for place, name in enumerate(head):
            table.add_column(name, justify="right" if place and len(head) == 2 else "left")
        for row in rows:
            table.add_row(*row)
        self.console.print(f"\n[bold]{title}[/]")
        self.console.print(table)

    def line(self, text: str = "") -> None:
        self.console.print(text, soft_wrap=True)
