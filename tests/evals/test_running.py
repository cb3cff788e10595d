"""`proli eval` from a file to figures and an exit code, on a database of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from typer.testing import CliRunner

from proli.cli.main import app
from proli.evals.baseline import worse_than
from proli.evals.cases import CasesRefused, load_cases
from tests.doubles.reading_model import app as reading_model
from tests.doubles.serving import served_beside

NULL_TIME = {"kind": None, "start": None, "end": None, "part": None, "bound": None}
LEAK: dict[str, Any] = {
    "id": "leak",
    "vertical": "services",
    "reference": "2026-11-22T09:00:00+02:00",
    "turns": [
        {"burst": 0, "type": "text", "text": "שלום, הכיור במטבח סתום לגמרי"},
        {"burst": 0, "type": "text", "text": "אני ברמת גן"},
        {"burst": 1, "in_reply_to": "address", "type": "text", "text": "ביאליק 30 קומה 2"},
        {"burst": 2, "in_reply_to": "time", "type": "text", "text": "מחר אחרי 4"},
    ],
    "gold": {
        "intent": "book",
        "city": "רמת גן",
        "address": {"street": "ביאליק", "number": 30, "floor": 2},
        "trade": "plumber",
        "issue_keywords": ["סתום"],
        "preferred_time": {"kind": "after", "start": "2026-11-23T16:00", "end": None, "part": None, "bound": "after"},
        "urgency": "normal",
        "urgency_ok": ["normal", "high"],
    },
}
WRONG_GOLD = LEAK | {"id": "wrong", "gold": LEAK["gold"] | {"city": "חיפה"}}
HOLDS_FACTS = {key: LEAK[key] for key in ("vertical", "reference")} | {
    "id": "asked",
    "gold": {name: value for name, value in LEAK["gold"].items() if name != "preferred_time"},
    "customer": {
        "opening": "שלום, הכיור במטבח סתום לגמרי",
        "facts": {"city": "רמת גן", "address": "ביאליק 30 קומה 2", "time": "מחר אחרי 4", "choose": "הראשון"},
    },
}


def write(folder: Path, *cases: dict[str, Any]) -> str:
    file = folder / "cases.jsonl"
    file.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in cases), encoding="utf-8")
    return str(file)


def test_conversations_are_played_scored_and_written_as_figures(tmp_path: Path) -> None:
    out, told = tmp_path / "figures.json", tmp_path / "told.txt"
    file = write(tmp_path, LEAK, WRONG_GOLD, HOLDS_FACTS)
    ended = CliRunner().invoke(
        app, ["eval", file, "--json", str(out), "--transcripts", str(told), "--repeat", "2", "--players", "1"]
    )
    assert ended.exit_code == 0, ended.output
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert (figures["cases"], figures["conversations_ok"], figures["pass_k"]) == (3, 2, 2)
    assert figures["fields"]["city"] == {"right": 2, "wrong": 1, "missed": 0, "false_fill": 0}
    (failure,) = figures["failures"]
    assert (failure["id"], failure["field"], failure["got"]) == ("wrong", "city", "רמת גן")
    assert "מתי נוח שנגיע?" in told.read_text(encoding="utf-8")


def test_a_share_below_the_committed_one_is_told_and_a_higher_one_is_not() -> None:
    before = {"cases": 2, "conversations_ok": 1, "fields": {"city": {"right": 1, "wrong": 1}}}
    better = {"cases": 4, "conversations_ok": 3, "fields": {"city": {"right": 3, "wrong": 1}}}
    assert worse_than(better, before) == []
    assert worse_than(before, better) == ["city: 50.0%, was 75.0%", "conversations ok: 50.0%, was 75.0%"]
    assert worse_than({"cases": 1, "conversations_ok": 1, "fields": {}}, before) == ["city: not scored, was 50.0%"]


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        '{"id": "x"}',
        '{"id": "x", "vertical": "services", "reference": "2026-11-22T09:00:00", "turns": [{}], "gold": {}}',
    ],
)
def test_a_file_that_holds_no_case_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(CasesRefused, match="line=1"):
        load_cases([file])


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CasesRefused, match="leak"):
        load_cases([Path(write(tmp_path, LEAK, LEAK))])


def test_the_same_conversations_are_played_with_a_model_on_loopback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, asked = tmp_path / "figures.json", list[str]()

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await reading_model(scope, receive, send)

    with served_beside(counting) as url:
        monkeypatch.setenv("PROLI_MODEL_OPENAI_BASE_URL", f"{url}/v1")
        monkeypatch.setenv("PROLI_MODEL_OPENAI_API_KEY", "none")
        ended = CliRunner().invoke(
            app, ["eval", write(tmp_path, LEAK), "--json", str(out), "--model", "openai-chat:reader"]
        )
    assert ended.exit_code == 0, ended.output
    assert json.loads(out.read_text(encoding="utf-8"))["conversations_ok"] == 1
    assert len(asked) >= 3, "it was the model that spoke"
