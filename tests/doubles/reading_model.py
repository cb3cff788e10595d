# ruff: noqa: E501
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
"""A small model that speaks OpenAI's chat protocol on loopback and does what the instructions say.

It reads the data that stand at the end of the instructions, passes the findings to the tools, and asks for what is
missing. It knows no Hebrew of its own: what it can do shows whether instructions and findings are enough to work with.

Run: python -m tests.doubles.reading_model --port 8765, then
PROLI_MODEL_OPENAI_BASE_URL=http://127.0.0.1:8765/v1 PROLI_MODEL_OPENAI_API_KEY=none proli eval ... --model openai-chat:reader
"""

import argparse
import json
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

DATA_AFTER = "מה שידוע עכשיו, כמידע:"
QUESTIONS = {
    "trade": "באיזו עבודה מדובר?",
    "city": "באיזו עיר?",
    "address": "מה הכתובת המדויקת?",
    "time": "מתי נוח?",
    "deal_type": "קנייה או שכירות?",
    "rooms": "כמה חדרים?",
    "budget": "מה התקציב?",
}
PEOPLE = {"human": "human_asked", "complaint": "complaint", "callback": "callback"}
SAVED_AS = {"city": "locality", "time": "wish"}

type Answer = str | tuple[str, dict[str, Any]]
"""Words, or a tool with its arguments."""


def think(messages: list[dict[str, Any]]) -> Answer:
    """The next tool call or the reply, from the instructions and what the tools have returned in this turn."""
    data = read_data(messages)
    done = tools_done(messages)
    findings, intent = data.get("findings", {}), data.get("findings", {}).get("intent")
    last, outcome = done[-1] if done else (None, {})
    if last is None:
        arguments = details(findings, known=data.get("request", {}), words=last_words(messages))
        return ("save_details", arguments) if arguments else first_move(data, intent)
    if last == "save_details":
        return first_move(data, intent, saved=outcome.get("saved", {}))
    if last == "find_times":
        times = " או ".join(time["words"] for time in outcome.get("times", [])[:3])
        return f"אפשר {times}. מה מתאים?" if times else "לא נמצא מועד פנוי."
    if last == "request_visit" and outcome.get("status") in {"asked", "booked"}:
        return "הבקשה נשלחה, ונעדכן כאן." if outcome["status"] == "asked" else f"הפגישה נקבעה ל{outcome['when']}."
    if last == "request_visit":
        return ("find_times", {})
    return {"cancel_visit": "הבקשה בוטלה.", "opt_out": "לא נכתוב עוד."}.get(last, "הפנייה הועברה לצוות.")


def first_move(data: dict[str, Any], intent: str | None, *, saved: dict[str, Any] | None = None) -> Answer:
    findings = data.get("findings", {})
    if "opt_out" in findings.get("intents", []):
        return ("opt_out", {})
    if intent in PEOPLE and not data.get("visit"):
        return ("hand_over", {"reason": PEOPLE[intent]})
    if intent == "cancel":
        return ("cancel_visit", {})
    missing = [field for field in data.get("missing", []) if not is_saved(field, saved or {})]
    if missing and not data.get("visit"):
        return QUESTIONS.get(missing[0], "אפשר לספר עוד?")
    chosen, time = findings.get("chosen_time"), findings.get("time") or {}
    start = chosen or (time.get("start") if time.get("kind") == "exact" and not time.get("ambiguous") else None)
    if data.get("visit") and not time:
        return f"הביקור: {data['visit']['when']}."
    return ("request_visit", {"start": start}) if start else ("find_times", {})


def last_words(messages: list[dict[str, Any]]) -> str:
    content = next(message["content"] for message in reversed(messages) if message["role"] == "user")
    return content if isinstance(content, str) else " ".join(part.get("text", "") for part in content)


def is_saved(field: str, saved: dict[str, Any]) -> bool:
    needs: dict[str, Any] = saved.get("needs") or {}
    return SAVED_AS.get(field, field) in saved or any(name.startswith(field) for name in needs)


def details(findings: dict[str, Any], *, known: dict[str, Any], words: str) -> dict[str, Any]:
    """The arguments of `save_details` that the findings give; a trade that is known stays."""
    places, trades = findings.get("places", []), findings.get("trades", [])
    new_trade = trades[0] if trades and not known.get("trade") else None
    found = {
        "trade": new_trade,
        "issue": findings.get("issue") if new_trade else None,
        "description": words if new_trade else None,
        "urgency": findings.get("urgency"),
        "city": places[0]["name"] if len(places) == 1 else None,
        "address": findings.get("address"),
        "when": (findings.get("time") or {}).get("words"),
        "name": findings.get("name"),
        "needs": findings.get("needs"),
    }
    return {name: value for name, value in found.items() if value} | (
        {"intent": findings["intent"]} if findings.get("intent") and any(found.values()) else {}
    )


def read_data(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """The JSON at the end of the instructions."""
    told = next(str(m["content"]) for m in messages if m["role"] in {"system", "developer"})
    return json.loads(told.split(DATA_AFTER, 1)[1])


def tools_done(messages: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Tools of this turn with what they returned, in order."""
    turn = messages[max(at for at, message in enumerate(messages) if message["role"] == "user") :]
    names = {call["id"]: call["function"]["name"] for m in turn for call in m.get("tool_calls") or []}
    return [(names[m["tool_call_id"]], outcome_of(m["content"])) for m in turn if m["role"] == "tool"]


def outcome_of(content: Any) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


async def complete(request: Request) -> JSONResponse:
    body = await request.json()
    answer = think(body["messages"])
    message: dict[str, Any] = {"role": "assistant", "content": answer if isinstance(answer, str) else None}
    if not isinstance(answer, str):
        tool, arguments = answer
        function = {"name": tool, "arguments": json.dumps(arguments, ensure_ascii=False)}
        message["tool_calls"] = [{"id": f"call-{len(body['messages'])}", "type": "function", "function": function}]
    choice = {"index": 0, "message": message, "finish_reason": "stop" if isinstance(answer, str) else "tool_calls"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return JSONResponse(
        {"id": "r", "object": "chat.completion", "created": 0, "model": "reader", "choices": [choice], "usage": usage}
    )


app = Starlette(routes=[Route("/v1/chat/completions", complete, methods=["POST"])])

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A small model on loopback.")
    parser.add_argument("--port", type=int, default=8765)
    uvicorn.run(app, host="127.0.0.1", port=parser.parse_args().port, log_level="warning")
