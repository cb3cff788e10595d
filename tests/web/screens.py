"""Every screen of the console by its name: where it is, and what must stand there before it is looked at."""

from typing import Final

SCREENS: Final = {
    "today": "today",
    "inbox": "inbox",
    "leads": "leads",
    "board": "leads?view=board",
    "new-lead": "leads?new=1",
    "calendar": "calendar",
    "calendar-day": "calendar?mode=day",
    "calendar-replan": "calendar?mode=day&professional=1&replan=1",
    "calls": "calls",
    "call": "calls/1",
    "call-test": "calls/test",
    "professionals": "professionals",
    "reports": "reports",
    "simulator": "simulator?customer=%2B972505550001",
    "agent": "agent",
    "agent-traces": "agent?part=traces",
    "agent-models": "agent?part=models",
    "settings": "settings",
    "settings-texts": "settings/texts",
    "settings-stages": "settings/stages",
    "settings-rest": "settings/rest",
    "settings-sweeps": "settings/sweeps",
    "settings-dispatch": "settings/dispatch",
    "settings-channels": "settings/channels",
    "settings-phones": "settings/phones",
    "settings-users": "settings/users",
    "settings-prices": "settings/prices",
    "settings-astray": "settings/astray",
    "settings-privacy": "settings/privacy",
    "settings-audit": "settings/audit",
}
"""Of a business, seen by its owner."""
OUTSIDE: Final = {"account": "/account", "operator": "/operator"}
"""Of no business."""
