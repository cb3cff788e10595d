"""Every module with tables."""

from proli.accounts import models as accounts_models
from proli.agent import models as agent_models
from proli.contacts import models as contacts_models
from proli.conversations import models as conversations_models
from proli.dispatch import models as dispatch_models
from proli.leads import models as leads_models
from proli.professionals import models as professionals_models
from proli.scheduling import models as scheduling_models

MODELS = (
    accounts_models,
    contacts_models,
    conversations_models,
    professionals_models,
    leads_models,
    scheduling_models,
    dispatch_models,
    agent_models,
)
