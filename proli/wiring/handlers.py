"""Every module whose functions are woken by facts or by the clock."""

from proli.accounts import jobs as accounts_jobs
from proli.channels import jobs as channels_jobs
from proli.chat import jobs as chat_jobs
from proli.chat import left_lying as chat_left_lying
from proli.contacts import jobs as contacts_jobs
from proli.dispatch import jobs as dispatch_jobs
from proli.leads import jobs as leads_jobs
from proli.monitoring import jobs as monitoring_jobs
from proli.notifications import by_clock as notifications_by_clock
from proli.notifications import jobs as notifications_jobs
from proli.privacy import jobs as privacy_jobs
from proli.reports import jobs as reports_jobs
from proli.sweeps import jobs as sweeps_jobs
from proli.traces import outages as traces_outages
from proli.voice import jobs as voice_jobs
from proli.wiring.models import MODELS

HANDLERS = (
    accounts_jobs,
    sweeps_jobs,
    contacts_jobs,
    leads_jobs,
    dispatch_jobs,
    notifications_jobs,
    notifications_by_clock,
    monitoring_jobs,
    reports_jobs,
    traces_outages,
    privacy_jobs,
    chat_jobs,
    chat_left_lying,
    channels_jobs,
    voice_jobs,
)
LOADED = (*MODELS, *HANDLERS)
