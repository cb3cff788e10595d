"""A conversation moves between models and the rules agent in the middle of a turn, and no effect is repeated."""

from sqlalchemy import select

from proli.leads.models import Lead
from proli.mind.models import ToolCall
from proli.platform.settings import Settings
from tests.conftest import ManualClock
from tests.doubles.models import GEMINI_KEY, OPENAI_KEY, Step, call, say
from tests.journeys.world import World
from tests.office import AT_FOUR, EVERYTHING, Log, Office, model_settings

SAVE = call(
    "save_details", trade="plumber", issue="leak", city="רמת גן", address="ביאליק 30 קומה 2", when="מחר ב-16:00"
)
REQUEST = call("request_visit", start=AT_FOUR)
DOWN = Step(status=503, body={"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}})
ASKED = "נשלחה לאיש מקצוע"


async def test_a_model_alone_books_with_its_tools(office: Office) -> None:
    office.models.script("gemini-a", SAVE, REQUEST, say("הבקשה למחר ב-16:00 נשלחה לאיש מקצוע, והשעה שמורה. נעדכן כאן."))
    assert await office.say(EVERYTHING) == "הבקשה למחר ב-16:00 נשלחה לאיש מקצוע, והשעה שמורה. נעדכן כאן."
    assert len(await office.offers()) == 1
    (turn,) = await office.turns()
    assert turn.model == "gemini-a"
    assert [tool["tool"] for tool in turn.trace["tools"]] == ["save_details", "request_visit"]
    assert [attempt["failure"] for attempt in turn.trace["attempts"]] == [None, None, None]
    assert turn.trace["rewritten"] is None


async def test_openai_carries_on_where_gemini_broke_off(office: Office) -> None:
    office.models.script("gemini-a", SAVE, REQUEST, DOWN)
    office.models.script("gpt-b", say("שלחתי את הבקשה למחר ב-16:00 והשעה שמורה בינתיים."))
    assert "שלחתי את הבקשה" in await office.say(EVERYTHING)
    assert len(await office.offers()) == 1
    (asked,) = office.models.asked_of("gpt-b")
    assert "offer_id" in asked.text
    (turn,) = await office.turns()
    assert turn.model == "gpt-b"
    assert [(a["model"], a["failure"] is None) for a in turn.trace["attempts"]] == [
        ("gemini-a", True),
        ("gemini-a", True),
        ("gemini-a", False),
        ("gpt-b", True),
    ]


async def test_the_rules_agent_carries_on_when_both_broke_off(office: Office, log: Log) -> None:
    office.models.script("gemini-a", SAVE, REQUEST, DOWN)
    reply = await office.say(EVERYTHING)
    assert ASKED in reply
    assert "16:00" in reply
    assert len(await office.offers()) == 1
    assert [turn.model for turn in await office.turns()] == ["rules"]
    assert "Model gemini-a failed: " in log.text
    assert "Model gpt-b failed: " in log.text
    assert log.text.count("All AI models failed (2 tried)") == 1
    assert GEMINI_KEY not in log.text
    assert OPENAI_KEY not in log.text


async def test_a_tool_run_by_gemini_and_asked_for_again_by_openai_has_one_effect(office: Office) -> None:
    office.models.script("gemini-a", SAVE, REQUEST, DOWN)
    office.models.script("gpt-b", SAVE, REQUEST, say("הבקשה נשלחה."))
    assert await office.say(EVERYTHING) == "הבקשה נשלחה."
    assert len(await office.offers()) == 1
    assert len(await office.rows(Lead)) == 1
    assert len(await office.rows(ToolCall)) == 2


async def test_all_of_it_by_the_rules_when_no_model_ever_answers(office: Office) -> None:
    assert ASKED in await office.say(EVERYTHING)
    (turn,) = await office.turns()
    assert turn.model == "rules"
    assert [tool["tool"] for tool in turn.trace["tools"]] == ["save_details", "request_visit"]
    assert [attempt["model"] for attempt in turn.trace["attempts"]] == ["gemini-a", "gpt-b"]


async def test_endless_tool_calls_end_and_the_next_rung_knows_what_was_done(office: Office, log: Log) -> None:
    office.models.script("gemini-a", SAVE, REQUEST)
    office.models.always("gemini-a", call("list_prices"))
    office.models.script("gpt-b", say("הבקשה נשלחה."))
    assert await office.say(EVERYTHING) == "הבקשה נשלחה."
    assert len(office.models.asked_of("gemini-a")) == 10
    assert "Model gemini-a failed: UsageLimitExceeded" in log.text
    (asked,) = office.models.asked_of("gpt-b")
    assert "done_in_this_turn" in asked.text
    assert "offer_id" in asked.text
    assert len(await office.offers()) == 1


async def test_when_every_model_calls_tools_endlessly_the_rules_agent_tells_what_was_done(office: Office) -> None:
    office.models.script("gemini-a", SAVE, REQUEST)
    for model in ("gemini-a", "gpt-b"):
        office.models.always(model, call("list_prices"))
    assert ASKED in await office.say(EVERYTHING)
    assert len(await office.offers()) == 1
    assert len(office.models.asked) == 20


async def test_arguments_that_stay_wrong_lead_to_the_next_rung(office: Office, log: Log) -> None:
    office.models.script("gemini-a", SAVE, *[call("request_visit", start="tomorrow-ish")] * 2)
    office.models.script("gpt-b", say("מתי נוח שנגיע?"))
    assert await office.say(EVERYTHING) == "מתי נוח שנגיע?"
    assert len(office.models.asked_of("gemini-a")) == 3
    assert "Model gemini-a failed: UnexpectedModelBehavior" in log.text
    assert await office.offers() == []
    assert [lead.locality for lead in await office.rows(Lead)] == ["רמת גן"]


async def test_arguments_wrong_once_are_put_right_by_the_same_model(office: Office) -> None:
    office.models.script("gemini-a", SAVE, call("request_visit", start="tomorrow-ish"), REQUEST, say("הבקשה נשלחה."))
    assert await office.say(EVERYTHING) == "הבקשה נשלחה."
    assert office.models.asked_of("gpt-b") == []


async def test_a_refused_tool_is_told_to_the_model_and_changes_nothing(office: Office) -> None:
    office.models.script("gemini-a", call("find_times"), say("באיזו עיר?"))
    assert await office.say("שלום, אפשר להזמין אינסטלטור?") == "באיזו עיר?"
    assert await office.rows(Lead) == []


async def test_each_turn_begins_at_the_top_of_the_ladder(office: Office) -> None:
    office.models.script("gemini-a", DOWN, say("שלום שוב."))
    office.models.script("gpt-b", say("שלום, באיזו עיר?"))
    assert await office.say("שלום") == "שלום, באיזו עיר?"
    assert await office.say("היי") == "שלום שוב."
    assert "שלום, באיזו עיר?" in office.models.asked[-1].text


async def test_a_model_that_hangs_is_left_in_time(office: Office, settings: Settings) -> None:
    settings.model = model_settings(office.models.url, timeout_s=0.3)
    office.models.script("gemini-a", SAVE, Step(way="hang"))
    office.models.script("gpt-b", Step(way="hang"))
    reply = await office.say(EVERYTHING)
    assert ASKED in reply
    assert len(await office.turns()) == 1


async def test_a_keyless_install_does_the_whole_job(world: World, clock: ManualClock) -> None:
    first = await world.customer.say(EVERYTHING)
    assert ASKED in first[-1].text
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead))).one().status == "offered"
