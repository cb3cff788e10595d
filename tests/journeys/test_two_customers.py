"""What a customer hears is about their own request, whoever else asks meanwhile."""

from tests.journeys.world import World

OTHER = "+972521112233"
AT_FOUR = "יש לי נזילה בכיור, רמת גן, רחוב ביאליק 12, מחר בשעה 16:00"
AT_TEN = "יש לי סתימה בכיור, רמת גן, רחוב הרצל 5, מחר בשעה 10:00"


async def test_each_hears_of_their_own_hour(world: World) -> None:
    rina = world.phone(OTHER, "רינה")
    (dana_asked,) = await world.customer.say(AT_FOUR)
    (rina_asked,) = await rina.say(AT_TEN)
    assert ("16:00" in dana_asked.text, "10:00" in dana_asked.text) == (True, False)
    assert ("16:00" in rina_asked.text, "10:00" in rina_asked.text) == (False, True)
    (dana_again,) = await world.customer.say("מה המצב?")
    assert ("16:00" in dana_again.text, "10:00" in dana_again.text) == (True, False)


async def test_a_request_that_is_asked_for_is_said_to_be_while_another_is_newer(world: World) -> None:
    await world.phone(OTHER, "רינה").tell("יש לי סתימה בכיור")
    await world.phone(OTHER, "רינה").say("ברמת גן")
    (asked,) = await world.customer.say(AT_FOUR)
    assert "נשלחה לאיש מקצוע" in asked.text
    (again,) = await world.phone(OTHER, "רינה").say("רחוב הרצל 5, מחר בשעה 10:00")
    assert "נשלחה לאיש מקצוע" in again.text
    assert "10:00" in again.text


async def test_who_has_asked_for_nothing_hears_nothing_of_others(world: World) -> None:
    await world.customer.say(AT_FOUR)
    heard = await world.phone(OTHER, "רינה").say("שלום, מה המצב?")
    assert not any(word in one.text for one in heard for word in ("16:00", "ממתינה", "נקבע"))
