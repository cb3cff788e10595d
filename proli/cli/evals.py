"""Scoring conversations: `proli eval`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from proli.cli.run import console
from proli.evals.baseline import worse_than
from proli.evals.cases import Case, load_cases
from proli.evals.pool import play_all
from proli.evals.report import summary, table
from proli.evals.scoring import Scored
from proli.platform.settings import Settings
from proli.prompts.models import PromptChannel

RULES = "rules"


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="Cases, one JSON object a line.")],
    model: Annotated[str, typer.Option(help="rules, ladder (as configured), or one model's id.")] = RULES,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here.")] = None,
    channel: Annotated[PromptChannel, typer.Option(help="How customers speak.")] = PromptChannel.whatsapp,
    players: Annotated[int, typer.Option(help="Cases played at once.", min=1, max=64)] = 2,
    repeat: Annotated[int, typer.Option(help="Play every case so often and show pass^k.", min=1, max=20)] = 1,
    at_least: Annotated[Path | None, typer.Option(help="Committed figures; ends with 1 when any is lower now.")] = None,
    show_failures: Annotated[bool, typer.Option("--failures", help="Show every failed field.")] = False,
    transcripts: Annotated[Path | None, typer.Option(help="Write every conversation here, as text.")] = None,
) -> None:
    """Play conversations and score what came of them."""
    cases = load_cases(files)
    runs = [play_with_progress(cases, ladder=ladder_of(model), channel=channel, players=players) for _ in range(repeat)]
    figures = summary(runs)
    console.print(table(figures, title=f"{len(cases)} conversations, {channel}, {model}"))
    if show_failures:
        print_failures(figures["failures"])
    if json_file is not None:
        json_file.write_text(json.dumps(figures, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    if transcripts is not None:
        transcripts.write_text("\n".join(map(as_text, runs[0])), encoding="utf-8")
    if at_least is not None:
        lower = worse_than(figures, json.loads(at_least.read_text(encoding="utf-8")))
        for words in lower:
            console.print(words, style="red", markup=False)
        raise typer.Exit(1 if lower else 0)


def ladder_of(model: str) -> str:
    """The models that answer, in the words of the setting; none for the rules agent."""
    if model == RULES:
        return ""
    return Settings.load().model.ladder if model == "ladder" else model


def play_with_progress(cases: Sequence[Case], *, ladder: str, channel: PromptChannel, players: int) -> list[Scored]:
    """The scores in the order of the cases."""

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Playing", total=len(cases))
        done: dict[str, Scored] = {}
        for scored in play_all(cases, ladder=ladder, channel=channel, players=players):
            done[scored.case.id] = scored
            progress.advance(task)
    return [done[case.id] for case in cases]


def print_failures(failures: Sequence[dict[str, Any]]) -> None:
    for one in failures:
        line = f"{one['id']} {one['field']} {one['verdict']}: gold {one['gold']!r}, got {one['got']!r}"
        console.print(line, markup=False)


def as_text(scored: Scored) -> str:
    mark = {"in": "<", "out": ">"}
    lines = [f"# {scored.case.id} {'ok' if scored.ok else 'FAILED'}"]
    lines += [f"{mark[direction]} {words}" for direction, words in scored.lines]
    lines += [f"! {one.field} {one.verdict}: gold {one.gold!r}, got {one.got!r}" for one in scored.failures]
    return "\n".join(lines) + "\n"
