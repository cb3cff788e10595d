"""The table of contents: every module with tables, every module with handlers, every router."""

from importlib import import_module

from fastapi import APIRouter

from proli.accounts.api import router as account
from proli.accounts.members_api import router as members
from proli.agent.api import router as prompts
from proli.agent.drafts_api import router as drafts
from proli.agent.traces_api import router as traces
from proli.channels.green_api.webhook import router as green_api
from proli.channels.simulator.api import router as simulator
from proli.conversations.api import router as conversations
from proli.conversations.quick_replies_api import router as quick_replies
from proli.dispatch.api import router as dispatch
from proli.dispatch.bulk_api import router as bulk
from proli.dispatch.calendar_api import router as calendar
from proli.dispatch.merging_api import router as merging
from proli.dispatch.my_day_api import router as my_day
from proli.leads.api import router as leads
from proli.leads.exports_api import router as lead_exports
from proli.leads.imports_api import router as lead_imports
from proli.leads.stages_api import router as stages
from proli.leads.views_api import router as views
from proli.monitoring.api import router as monitoring
from proli.monitoring.events_api import router as events
from proli.monitoring.vocabulary_api import router as vocabulary
from proli.office.audit_api import router as audit
from proli.office.channels_api import router as channels
from proli.office.dead_letters_api import router as dead_letters
from proli.office.operator_api import router as operator
from proli.office.prices_api import router as prices
from proli.office.settings_api import router as settings
from proli.office.texts_api import router as texts
from proli.office.weights_api import router as weights
from proli.professionals.api import router as professionals
from proli.reports.api import first_page
from proli.reports.api import router as reports
from proli.visits.api import router as visits

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
    "proli.dispatch.jobs",
    "proli.notifications.jobs",
    "proli.agent.jobs",
    "proli.channels.jobs",
)


def load_models() -> None:
    for module in MODELS:
        import_module(module)


def load_handlers() -> None:
    """Every handler is registered, and with it every table known."""
    load_models()
    for module in HANDLERS:
        import_module(module)


def routers() -> list[APIRouter]:
    """Every router, in the order they are looked at."""
    return [
        green_api,
        monitoring,
        account,
        members,
        vocabulary,
        events,
        conversations,
        quick_replies,
        bulk,
        lead_exports,
        lead_imports,
        leads,
        stages,
        views,
        dispatch,
        merging,
        calendar,
        professionals,
        prompts,
        traces,
        drafts,
        simulator,
        settings,
        texts,
        prices,
        weights,
        dead_letters,
        channels,
        operator,
        audit,
        my_day,
        reports,
        first_page,
        visits,
    ]
