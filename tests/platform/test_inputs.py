"""Nothing that can be written into a request brings a fault about: the whole API is walked with what cannot be kept."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from proli import wiring
from proli.accounts.http import FORGERY_HEADER
from proli.accounts.permissions import Role
from tests.console import Browser, Console

NUL = "א\0ב"
NUMBERS = (2**63, -(2**63) - 1, 10**40)
MOMENTS = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
DAYS = ("0001-01-01", "9999-12-31")

type Schema = Mapping[str, Any]
type Place = tuple[str | int, ...]


@cache
def document() -> dict[str, Any]:
    """The whole API as it describes itself."""
    app = FastAPI()
    for router in wiring.load_routers():
        app.include_router(router)
    return app.openapi()


def resolved(schema: Schema) -> Schema:
    """What a schema says, without references; of several kinds the first that is not null."""
    if "$ref" in schema:
        return resolved(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return resolved(next(one for one in schema[choice] if one.get("type") != "null"))
    return schema


def example(schema: Schema) -> Any:
    """Something of that kind, every field of it, which may or may not be allowed."""
    schema = resolved(schema)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "object":
            named = {name: example(one) for name, one in schema.get("properties", {}).items()}
            more = cast(Schema | bool, schema.get("additionalProperties", False))
            return named or {"a": "b" if isinstance(more, bool) else example(more)}
        case "array":
            return [example(schema.get("items", {}))] * max(1, schema.get("minItems", 1))
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "string":
            return {"date": "2026-12-01", "date-time": "2026-12-01T10:00:00Z"}.get(schema.get("format", ""), "abcdefgh")
        case _:
            return "abc"


def leaves(schema: Schema, place: Place = ()) -> Iterator[tuple[Place, Schema]]:
    """Every place in the example of the schema that holds a single value."""
    schema = resolved(schema)
    if schema.get("type") == "object" and schema.get("properties"):
        for name, one in schema["properties"].items():
            yield from leaves(one, (*place, name))
    elif schema.get("type") == "object":
        more = cast(Schema | bool, schema.get("additionalProperties", False))
        yield from leaves({"type": "string"} if isinstance(more, bool) else more, (*place, "a"))
    elif schema.get("type") == "array":
        yield from leaves(schema.get("items", {}), (*place, 0))
    else:
        yield place, schema


def impossible(schema: Schema) -> Sequence[Any]:
    schema = resolved(schema)
    if "const" in schema or "enum" in schema:
        return ()
    match schema.get("type"), schema.get("format"):
        case "integer" | "number", _:
            return NUMBERS
        case "string", "date-time":
            return MOMENTS
        case "string", "date":
            return DAYS
        case "boolean", _:
            return ()
        case _:
            return (NUL,)


def put(whole: Any, place: Place, value: Any) -> Any:
    """The same with another value at that place."""
    if not place:
        return value
    first, rest = place[0], place[1:]
    if isinstance(whole, list):
        kept: list[Any] = [*whole]  # pyright: ignore[reportUnknownVariableType]
        kept[int(first)] = put(kept[int(first)], rest, value)
        return kept
    return {**whole, first: put(whole.get(first), rest, value)}


type Try = tuple[str, str, Any, str]
"""Method, address, body, and what is impossible about it."""


def addresses(path: str, parameters: Sequence[Schema], asked: Mapping[str, Any]) -> str:
    """The path with its query, each parameter with what is asked or an example."""
    query: list[str] = []
    for one in parameters:
        name = one["name"]
        if one["in"] == "path":
            value = "moran" if name == "slug" and name not in asked else asked.get(name, example(one["schema"]))
            path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
        elif one["in"] == "query" and (name in asked or one.get("required")):
            query.append(f"{name}={quote(str(asked.get(name, example(one['schema']))), safe='')}")
    return f"{path}?{'&'.join(query)}" if query else path


def tries() -> Iterator[Try]:
    for path, methods in document()["paths"].items():
        if not path.startswith("/api/") or path.startswith("/api/public/"):
            continue  # a link is looked at first there; its page has a test of its own
        for method, operation in methods.items():
            parameters = operation.get("parameters", [])
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            body = example(schema) if schema else None
            for one in parameters:
                for value in impossible(one["schema"]):
                    yield method, addresses(path, parameters, {one["name"]: value}), body, f"{one['name']}={value!r}"
            for place, kind in leaves(schema) if schema else ():
                for value in impossible(kind):
                    yield method, addresses(path, parameters, {}), put(body, place, value), f"{place}={value!r}"


async def test_what_cannot_be_kept_is_refused_as_a_field_by_every_route(console: Console) -> None:
    owner, yossi = await people(console)
    asked = list(tries())
    assert len(asked) > 400, "the API is walked"
    wrong: list[str] = []
    for method, address, body, about in asked:
        browser = yossi if "/my-day" in address else owner
        answer = await browser.http.request(
            method.upper(), address, content=None if body is None else json.dumps(body),
            headers={FORGERY_HEADER: browser.token, "content-type": "application/json"},
        )  # fmt: skip
        if answer.status_code != 422:
            wrong.append(f"{method} {address} {about}: {answer.status_code} {answer.text[:80]}")
    assert not wrong, "\n".join(wrong)


async def people(console: Console) -> tuple[Browser, Browser]:
    """Somebody who may do everything, and a professional, who alone may do some things."""
    await console.add_person("dana@example.com", role=Role.owner, operator=True)
    await console.add_person("yossi@example.com", role=Role.professional)
    return await console.signed_in("dana@example.com"), await console.signed_in("yossi@example.com")


@pytest.mark.parametrize(
    "wrong", ['{"a": NaN}', '{"a": 1e999}', '{"a": "\\u0000"}', '{"\\u0000": 1}', '["\\ud800"]', "[" * 5000]
)
@pytest.mark.parametrize("path", ["/api/auth/sign-in", "/api/businesses/moran/settings"])
async def test_a_body_of_anything_is_at_most_refused(console: Console, path: str, wrong: str) -> None:
    owner, _ = await people(console)
    method = "POST" if "auth" in path else "PATCH"
    headers = {FORGERY_HEADER: owner.token, "content-type": "application/json"}
    answer = await owner.http.request(method, path, content=wrong, headers=headers)
    assert answer.status_code in {400, 422}, answer.text


@pytest.mark.parametrize(
    "said",
    [
        '["2026-01-01T00:00:00+00:00",1e999]', '["2026-01-01T00:00:00+00:00",1e400]',
        f'["2026-01-01T00:00:00+00:00",{2**63}]', '["0001-01-01T00:00:00+14:00",1]', '["9999-12-31T23:59:59-14:00",1]',
        '["2026-01-01T00:00:00",1]', '["x",1]', "{}", "[]", "null", "[1,2,3]", '["2026-01-01T00:00:00+00:00",NaN]',
        "[" * 50,
    ],
)  # fmt: skip
async def test_a_mark_of_no_place_is_refused(console: Console, said: str) -> None:
    owner, _ = await people(console)
    mark = base64.urlsafe_b64encode(said.encode()).decode()
    answer = await owner.call("GET", f"/api/businesses/moran/leads?after={quote(mark)}")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_lead_field")


@pytest.mark.parametrize("mark", ["=", "A", "é", "%00", "A" * 3000, "%F0%28"])
async def test_a_mark_that_is_none_is_refused(console: Console, mark: str) -> None:
    owner, _ = await people(console)
    answer = await owner.call("GET", f"/api/businesses/moran/leads?after={mark}")
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "words", ["ב-{when!x}", "ב-{when!r}", "ב-{when!s}", "ב-{when!}", "ב-{when:{when}}", "{0}", "{}"]
)
async def test_words_that_would_fail_when_they_are_said_are_refused(console: Console, words: str) -> None:
    owner, _ = await people(console)
    codes = [
        one["code"]
        for one in (await owner.call("GET", "/api/businesses/moran/texts")).json()
        if "when" in one["values"]
    ]
    answer = await owner.call("PUT", f"/api/businesses/moran/texts/{codes[0]}/he", {"words": words})
    assert (answer.status_code, answer.json()["code"]) == (409, "words_refused")
