from tests.journeys.world import World


async def test_a_leak_becomes_a_booked_visit(world: World) -> None:
    customer, yossi = world.customer, world.yossi
    for line in ("שלום, יש לי נזילה מתחת לכיור במטבח", "ברמת גן", "ביאליק 30 קומה 2", "מחר אחרי 4", "16:00"):
        print(">", line)
        for m in await customer.say(line):
            print("   <", m.text)
    for m in await yossi.unread():
        print("Y<", m.text, m.buttons)
        got = await yossi.tap(m, 0)
        for g in got:
            print("Y<", g.text)
    for m in await customer.unread():
        print("   <", m.text)
