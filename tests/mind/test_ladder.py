"""Whatever goes wrong on a rung, the next one answers; when all fail, the rules agent does, and the log says why."""

import gc
import json
import socket
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from pydantic import ValidationError

from proli.mind.ladder.failures import ModelFailure
from proli.mind.thinking import Thought, think
from proli.platform.agent_settings import AgentSettings, MediaSettings, ModelSettings, SpeechSettings
from proli.platform.db import Database
from proli.platform.http import make_http
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.platform.settings import CoreSettings, HttpSettings, LogSettings, Settings, WorkerSettings
from tests.conftest import ManualClock
from tests.doubles.models import (
    GEMINI_KEY,
    OPENAI_KEY,
    ModelsDouble,
    Step,
    call,
    failing,
    raw_call,
    running_models,
    say,
)
from tests.mind.talk import deps_of, facts_of, turn_of
from tests.office import Log, model_settings

pytestmark = pytest.mark.asyncio(loop_scope="module")
FIXTURES = Path(__file__).parent / "fixtures"
ERRORS: dict[str, dict[str, Any]] = {
    name: json.loads((FIXTURES / f"{name}_errors.json").read_text(encoding="utf-8")) for name in ("gemini", "openai")
}
THANKS = "בשמחה! אם צריך עוד משהו, אפשר לכתוב כאן."
ANSWER = "תודה לך, נשמח לעזור שוב."
COMMON = {
    "empty text": say(""),
    "only whitespace": say(" \n\t "),
    "cut off": say("אז מה שאפשר לעשות הוא", finish="length"),
    "refusal": say("I cannot help with that.", finish="refusal"),
    "dropped connection": Step(way="drop"),
    "no answer in time": Step(way="hang"),
    "garbage": Step(way="garbage"),
    "no body of ours": Step(body={"hello": "world"}),
    "status 500 without a body": Step(body={}, status=500),
    "unknown tool": call("book_flight", to="Paris"),
}
CASES = [
    *(pytest.param("google", failing(fixture), id=f"google {name}") for name, fixture in ERRORS["gemini"].items()),
    *(
        pytest.param(protocol, failing(fixture), id=f"{protocol} {name}")
        for protocol in ("openai", "openai-chat")
        for name, fixture in ERRORS["openai"].items()
    ),
    *(
        pytest.param(protocol, step, id=f"{protocol} {name}")
        for protocol in ("google", "openai", "openai-chat")
        for name, step in COMMON.items()
    ),
    *(
        pytest.param(protocol, raw_call("save_details", arguments), id=f"{protocol} arguments {arguments}")
        for protocol in ("openai", "openai-chat")
        for arguments in ('{"trade": "plu', '["plumber"]')
    ),
]


@dataclass
class Stage:
    """Loopback models and a database that is never asked; a runtime for each ladder, all closed at the end."""

    models: ModelsDouble
    http: httpx2.AsyncClient
    db: Database
    home: Path
    runtimes: dict[str, Runtime] = field(default_factory=dict[str, Runtime])

    def runtime(self, ladder: str, **more: Any) -> Runtime:
        key = f"{ladder} {more}"
        if key not in self.runtimes:
            settings = Settings(
                core=CoreSettings(home=self.home),
                http=HttpSettings(),
                log=LogSettings(),
                worker=WorkerSettings(),
                agent=AgentSettings(),
                model=model_settings(self.models.url, ladder, **({"timeout_s": 3} | more)),
                speech=SpeechSettings(),
                media=MediaSettings(),
            )
            self.runtimes[key] = Runtime(settings, self.db, ManualClock(), Vault(new_key()), self.http)
        return self.runtimes[key]

    async def answer(self, ladder: str, **more: Any) -> Thought:
        """What is thought of a plain "thank you"."""
        self.models.asked.clear()
        facts = facts_of("תודה רבה")
        return await think(turn_of(facts), deps_of(self.runtime(ladder, **more), facts), ())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Stage]:
    """The providers' libraries load most of themselves at the first request, which no time limit here is about."""
    db = Database("postgresql://nobody@127.0.0.1:1/none")
    async with running_models() as models, make_http() as http:
        made = Stage(models, http, db, tmp_path_factory.mktemp("ladder"))
        for protocol in ("google", "openai", "openai-chat"):
            models.script("warm", say(ANSWER))
            await made.answer(f"{protocol}:warm", timeout_s=60)
        yield made
    await db.close()


@pytest.mark.parametrize(("protocol", "failure"), CASES)
async def test_the_next_rung_answers(stage: Stage, log: Log, protocol: str, failure: Step) -> None:
    stage.models.script("first", failure)
    stage.models.script("second", say(ANSWER))
    thought = await stage.answer(f"{protocol}:first,openai-chat:second")
    assert thought.text == ANSWER
    assert thought.model == "second"
    first, second = thought.journal.attempts
    assert (first.model, second.model) == ("first", "second")
    assert first.failure
    assert (second.failure, second.kind) == (None, None)
    assert len(stage.models.asked_of("first")) == 1
    assert f"Model first failed: {first.failure}" in log.text
    assert GEMINI_KEY not in log.text
    assert OPENAI_KEY not in log.text


KINDS = [
    *(("google", failing(ERRORS["gemini"][name]), kind) for name, kind in (
        ("429_per_day", ModelFailure.limit),
        ("400_bad_key", ModelFailure.key),
        ("503_overloaded", ModelFailure.busy),
        ("500", ModelFailure.busy),
        ("404_model", ModelFailure.other),
        ("200_safety", ModelFailure.unusable),
    )),
    *(("openai", failing(ERRORS["openai"][name]), kind) for name, kind in (
        ("429_rate_limit", ModelFailure.limit),
        ("429_insufficient_quota", ModelFailure.limit),
        ("401", ModelFailure.key),
        ("503", ModelFailure.busy),
        ("400_context_length", ModelFailure.other),
    )),
    *((protocol, COMMON[name], kind) for protocol in ("google", "openai", "openai-chat") for name, kind in (
        ("empty text", ModelFailure.unusable),
        ("refusal", ModelFailure.unusable),
        ("unknown tool", ModelFailure.unusable),
        ("dropped connection", ModelFailure.unreachable),
        ("no answer in time", ModelFailure.slow),
    )),
]  # fmt: skip


@pytest.mark.parametrize(("protocol", "failure", "kind"), KINDS)
async def test_a_failure_of_a_model_has_its_kind(
    stage: Stage, protocol: str, failure: Step, kind: ModelFailure
) -> None:
    stage.models.script("first", failure)
    thought = await stage.answer(f"{protocol}:first")
    assert [attempt["kind"] for attempt in thought.journal.as_json()][:1] == [kind]


@pytest.mark.parametrize(("protocol", "failure"), CASES)
async def test_without_another_rung_the_rules_agent_answers(
    stage: Stage, log: Log, protocol: str, failure: Step
) -> None:
    stage.models.script("first", failure)
    thought = await stage.answer(f"{protocol}:first")
    assert (thought.text, thought.model) == (THANKS, "rules")
    assert "Model first failed: " in log.text
    assert log.text.count("All AI models failed (1 tried)") == 1


@pytest.mark.parametrize("protocol", ["google", "openai", "openai-chat"])
async def test_a_host_that_refuses_the_connection_is_left_at_once(stage: Stage, log: Log, protocol: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    away = f"http://127.0.0.1:{port}"
    thought = await stage.answer(f"{protocol}:away", gemini_base_url=away, openai_base_url=f"{away}/v1")
    assert thought.text == THANKS
    assert "Model away failed: ModelConnectionError" in log.text


async def test_a_wrong_key_is_told_without_the_key(stage: Stage, log: Log) -> None:
    wrong = "sk-wrong-0123456789abcdef"
    thought = await stage.answer("openai-chat:first", openai_api_key=wrong)
    assert thought.text == THANKS
    assert "Model first failed: ModelAuthenticationError" in log.text
    assert wrong not in log.text
    assert "sk-wrong" not in json.dumps(thought.journal.as_json())


async def test_rungs_are_tried_in_order_and_each_once(stage: Stage, log: Log) -> None:
    thought = await stage.answer("google:a, openai:b,openai-chat:c")
    assert [attempt.model for attempt in thought.journal.attempts] == ["a", "b", "c"]
    assert [asked.model for asked in stage.models.asked] == ["a", "b", "c"]
    assert thought.model == "rules"
    assert log.text.count("All AI models failed (3 tried)") == 1


async def test_models_that_all_hang_cannot_keep_a_customer_waiting(stage: Stage) -> None:
    for name in "abcdef":
        stage.models.script(name, Step(way="hang"))
    thought = await stage.answer(",".join(f"google:{name}" for name in "abcdef"), timeout_s=0.3)
    assert thought.model == "rules"
    assert len(stage.models.asked) <= 4
    assert {attempt.kind for attempt in thought.journal.attempts} == {ModelFailure.slow}
    assert thought.journal.attempts[-1].failure == "NoTimeLeft: the models have had their time"


@pytest.fixture(autouse=True)
def no_leftovers(stage: Stage) -> None:
    """A test that ends before a model was asked leaves its script behind."""
    stage.models.forget()


async def test_an_install_without_keys_asks_no_model(stage: Stage, log: Log) -> None:
    thought = await stage.answer("google:a,openai:b", gemini_api_key=None, openai_api_key=None)
    assert (thought.text, thought.model, thought.cost_micros) == (THANKS, "rules", 0)
    assert stage.models.asked == []
    assert thought.journal.attempts == []
    assert "failed" not in log.text


async def test_a_provider_without_a_key_is_left_out(stage: Stage) -> None:
    stage.models.script("b", say(ANSWER))
    thought = await stage.answer("google:a,openai:b", gemini_api_key=None)
    assert thought.text == ANSWER
    assert [asked.model for asked in stage.models.asked] == ["b"]


@pytest.mark.parametrize("entry", ["gemini-a", "google:", "anthropic:x", "openai_chat:x", ":"])
async def test_an_entry_that_is_no_model_is_named_at_boot(entry: str) -> None:
    with pytest.raises(ValidationError, match="is no model"):
        ModelSettings(ladder=entry)


async def test_each_runtime_has_models_on_its_own_client_and_leaves_none_open(stage: Stage, tmp_path: Path) -> None:
    """What stays open would be a warning, and warnings are errors."""
    for _ in range(2):
        async with make_http() as http:
            own = Stage(stage.models, http, stage.db, tmp_path)
            for protocol in ("google", "openai", "openai-chat"):
                stage.models.script("own", say(ANSWER))
                assert (await own.answer(f"{protocol}:own")).text == ANSWER
        assert http.is_closed
        with pytest.raises(RuntimeError):
            await http.get(stage.models.url)
        del own
        gc.collect()
