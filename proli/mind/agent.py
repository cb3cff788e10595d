"""The agent: one for every channel. What differs between businesses comes with the turn."""

from pydantic_ai import Agent, FunctionToolset
from pydantic_ai.usage import UsageLimits

from proli.mind.deps import Deps
from proli.mind.tools.business import business_facts_tool, hand_over_tool, list_prices_tool, opt_in_tool, opt_out_tool
from proli.mind.tools.cancelling import cancel_visit_tool
from proli.mind.tools.details import save_details_tool
from proli.mind.tools.restoring import restore_request_tool
from proli.mind.tools.visits import find_times_tool, request_visit_tool

LIMITS = UsageLimits(request_limit=10, tool_calls_limit=16, total_tokens_limit=120_000)
"""The budget of one turn."""

TOOLS = FunctionToolset[Deps]()
TOOLS.add_function(save_details_tool, name="save_details")
TOOLS.add_function(find_times_tool, name="find_times")
TOOLS.add_function(request_visit_tool, name="request_visit")
TOOLS.add_function(cancel_visit_tool, name="cancel_visit")
TOOLS.add_function(restore_request_tool, name="restore_request")
TOOLS.add_function(list_prices_tool, name="list_prices")
TOOLS.add_function(business_facts_tool, name="business_facts")
TOOLS.add_function(hand_over_tool, name="hand_over")
TOOLS.add_function(opt_out_tool, name="opt_out")
TOOLS.add_function(opt_in_tool, name="opt_in")

agent = Agent[Deps, str](deps_type=Deps, output_type=str, toolsets=[TOOLS], retries=1, name="proli")
