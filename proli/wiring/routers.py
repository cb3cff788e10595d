"""Every router."""

from fastapi import APIRouter

from proli.accounts import api as accounts_api
from proli.accounts import members_api as accounts_members_api
from proli.accounts import own_api as accounts_own_api
from proli.agent import api as agent_api
from proli.agent import drafts_api as agent_drafts_api
from proli.agent import traces_api as agent_traces_api
from proli.channels import files_api as channels_files_api
from proli.channels.green_api import webhook as channels_green_api_webhook
from proli.channels.simulator import api as channels_simulator_api
from proli.conversations import api as conversations_api
from proli.conversations import quick_replies_api as conversations_quick_replies_api
from proli.dispatch import api as dispatch_api
from proli.dispatch import bulk_api as dispatch_bulk_api
from proli.dispatch import calendar_api as dispatch_calendar_api
from proli.dispatch import merging_api as dispatch_merging_api
from proli.dispatch import my_day_api as dispatch_my_day_api
from proli.leads import api as leads_api
from proli.leads import exports_api as leads_exports_api
from proli.leads import imports_api as leads_imports_api
from proli.leads import stages_api as leads_stages_api
from proli.leads import views_api as leads_views_api
from proli.monitoring import api as monitoring_api
from proli.monitoring import events_api as monitoring_events_api
from proli.monitoring import vocabulary_api as monitoring_vocabulary_api
from proli.office import audit_api as office_audit_api
from proli.office import channels_api as office_channels_api
from proli.office import dead_letters_api as office_dead_letters_api
from proli.office import operator_api as office_operator_api
from proli.office import prices_api as office_prices_api
from proli.office import settings_api as office_settings_api
from proli.office import texts_api as office_texts_api
from proli.office import weights_api as office_weights_api
from proli.professionals import api as professionals_api
from proli.reports import api as reports_api
from proli.visits import api as visits_api

ROUTERS: tuple[APIRouter, ...] = (
    channels_green_api_webhook.router,
    monitoring_api.router,
    accounts_api.router,
    accounts_own_api.router,
    accounts_members_api.router,
    monitoring_vocabulary_api.router,
    monitoring_events_api.router,
    channels_files_api.router,
    conversations_api.router,
    conversations_quick_replies_api.router,
    dispatch_bulk_api.router,
    leads_exports_api.router,
    leads_imports_api.router,
    leads_api.router,
    leads_stages_api.router,
    leads_views_api.router,
    dispatch_api.router,
    dispatch_merging_api.router,
    dispatch_calendar_api.router,
    professionals_api.router,
    agent_api.router,
    agent_traces_api.router,
    agent_drafts_api.router,
    channels_simulator_api.router,
    office_settings_api.router,
    office_texts_api.router,
    office_prices_api.router,
    office_weights_api.router,
    office_dead_letters_api.router,
    office_channels_api.router,
    office_operator_api.router,
    office_audit_api.router,
    dispatch_my_day_api.router,
    reports_api.router,
    reports_api.first_page,
    visits_api.router,
)
"""In the order in which they are looked at."""
