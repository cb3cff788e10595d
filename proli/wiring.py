"""The table of contents: every module with tables, every module with handlers, every router.

By name, as a command that needs none of them should not wait for all of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter

MODELS = (
    "proli.accounts.models",
    "proli.contacts.models",
    "proli.conversations.models",
    "proli.professionals.models",
    "proli.leads.models",
    "proli.scheduling.models",
    "proli.dispatch.models",
    "proli.agent.models",
)
HANDLERS = (
    "proli.accounts.jobs",
    "proli.contacts.jobs",
    "proli.leads.jobs",
    "proli.dispatch.jobs",
    "proli.notifications.jobs",
    "proli.agent.jobs",
    "proli.channels.jobs",
)
ROUTERS = (
    "proli.channels.green_api.webhook:router",
    "proli.monitoring.api:router",
    "proli.accounts.api:router",
    "proli.accounts.own_api:router",
    "proli.accounts.members_api:router",
    "proli.monitoring.vocabulary_api:router",
    "proli.monitoring.events_api:router",
    "proli.channels.files_api:router",
    "proli.conversations.api:router",
    "proli.conversations.quick_replies_api:router",
    "proli.dispatch.bulk_api:router",
    "proli.leads.exports_api:router",
    "proli.leads.imports_api:router",
    "proli.leads.api:router",
    "proli.leads.stages_api:router",
    "proli.leads.views_api:router",
    "proli.dispatch.api:router",
    "proli.dispatch.merging_api:router",
    "proli.dispatch.calendar_api:router",
    "proli.professionals.api:router",
    "proli.agent.api:router",
    "proli.agent.traces_api:router",
    "proli.agent.drafts_api:router",
    "proli.channels.simulator.api:router",
    "proli.office.settings_api:router",
    "proli.office.texts_api:router",
    "proli.office.prices_api:router",
    "proli.office.weights_api:router",
    "proli.office.dead_letters_api:router",
    "proli.office.channels_api:router",
    "proli.office.operator_api:router",
    "proli.office.audit_api:router",
    "proli.dispatch.my_day_api:router",
    "proli.reports.api:router",
    "proli.reports.api:first_page",
    "proli.visits.api:router",
)
"""In the order in which they are looked at."""


def load_models() -> None:
    for module in MODELS:
        import_module(module)


def load_handlers() -> None:
    """Every handler is registered, and with it every table known."""
    load_models()
    for module in HANDLERS:
        import_module(module)


def routers() -> "list[APIRouter]":
    """Every router, in the order they are looked at."""
    found = [name.split(":") for name in ROUTERS]
    return [getattr(import_module(module), name) for module, name in found]
