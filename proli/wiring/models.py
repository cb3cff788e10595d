"""Every module with tables."""

from proli.accounts import models as accounts_models
from proli.contacts import models as contacts_models
from proli.conversations import models as conversations_models
from proli.dispatch import models as dispatch_models
from proli.leads import models as leads_models
from proli.mind import models as mind_models
from proli.monitoring import models as monitoring_models
from proli.privacy import models as privacy_models
from proli.professionals import models as professionals_models
from proli.prompts import models as prompts_models
from proli.scheduling import models as scheduling_models
from proli.sweeps import models as sweeps_models
from proli.traces import models as traces_models
from proli.voice import models as voice_models

MODELS = (
    accounts_models,
    sweeps_models,
    contacts_models,
    conversations_models,
    professionals_models,
    leads_models,
    scheduling_models,
    dispatch_models,
    privacy_models,
    prompts_models,
    mind_models,
    monitoring_models,
    traces_models,
    voice_models,
)
