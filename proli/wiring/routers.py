"""Every router."""

from fastapi import APIRouter

from proli.accounts.api import audit as accounts_audit
from proli.accounts.api import members as accounts_members
from proli.accounts.api import own_account as accounts_own_account
from proli.accounts.api import signing_in as accounts_signing_in
from proli.channels import api as channels
from proli.channels.green_api import webhook as channels_green_api_webhook
from proli.channels.simulator import api as channels_simulator
from proli.chat import api as chat
from proli.conversations.api import dead_letters as conversations_dead_letters
from proli.conversations.api import inbox as conversations_inbox
from proli.conversations.api import numbers as conversations_numbers
from proli.conversations.api import quick_replies as conversations_quick_replies
from proli.customer_page import api as customer_page
from proli.dispatch.api import bulk as dispatch_bulk
from proli.dispatch.api import calendar as dispatch_calendar
from proli.dispatch.api import contacts as dispatch_contacts
from proli.dispatch.api import merging as dispatch_merging
from proli.dispatch.api import my_day as dispatch_my_day
from proli.dispatch.api import offers as dispatch_offers
from proli.dispatch.api import replanning as dispatch_replanning
from proli.leads.api import exports as leads_exports
from proli.leads.api import imports as leads_imports
from proli.leads.api import leads
from proli.leads.api import stages as leads_stages
from proli.leads.api import views as leads_views
from proli.monitoring.api import events as monitoring_events
from proli.monitoring.api import health as monitoring_health
from proli.monitoring.api import operator as monitoring_operator
from proli.monitoring.api import vocabulary as monitoring_vocabulary
from proli.notifications import api as notifications
from proli.privacy import api as privacy
from proli.professionals.api import prices as professionals_prices
from proli.professionals.api import professionals
from proli.prompts import api as prompts
from proli.reports import api as reports
from proli.settings.api import settings
from proli.settings.api import sweeps as settings_sweeps
from proli.settings.api import texts as settings_texts
from proli.settings.api import weights as settings_weights
from proli.traces import api as traces
from proli.voice.api import calls as voice_calls
from proli.voice.api import numbers as voice_numbers
from proli.voice.api import out as voice_out
from proli.voice.api import simulated as voice_simulated
from proli.voice.twilio import media as voice_twilio_media
from proli.voice.twilio import out as voice_twilio_out
from proli.voice.twilio import transfer as voice_twilio_transfer
from proli.voice.twilio import webhook as voice_twilio_webhook

ROUTERS: tuple[APIRouter, ...] = (
    channels_green_api_webhook.router,
    voice_twilio_webhook.router,
    voice_twilio_transfer.router,
    voice_twilio_out.router,
    voice_twilio_media.router,
    monitoring_health.router,
    accounts_signing_in.router,
    accounts_own_account.router,
    accounts_members.router,
    monitoring_vocabulary.router,
    monitoring_events.router,
    channels.router,
    conversations_inbox.router,
    conversations_quick_replies.router,
    dispatch_bulk.router,
    leads_exports.router,
    leads_imports.router,
    leads.router,
    leads_stages.router,
    leads_views.router,
    dispatch_offers.router,
    dispatch_merging.router,
    dispatch_contacts.router,
    privacy.router,
    dispatch_calendar.router,
    dispatch_replanning.router,
    professionals.router,
    prompts.router,
    traces.router,
    chat.router,
    channels_simulator.router,
    settings.router,
    settings_sweeps.router,
    settings_texts.router,
    professionals_prices.router,
    settings_weights.router,
    conversations_dead_letters.router,
    conversations_numbers.router,
    monitoring_operator.router,
    accounts_audit.router,
    dispatch_my_day.router,
    reports.router,
    reports.first_page,
    customer_page.router,
    notifications.router,
    voice_simulated.router,
    voice_out.router,
    voice_calls.router,
    voice_numbers.router,
)
"""In the order in which they are looked at."""
