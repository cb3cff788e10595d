"""The rules agent with nobody above it: its calls are done as a model's are, without what the library adds to them."""

from collections.abc import Sequence

from pydantic_ai import RunContext, ToolFailed
from pydantic_ai.exceptions import UsageLimitExceeded
from pydantic_ai.usage import RunUsage

from proli.mind.agent import LIMITS, TOOLS
from proli.mind.deps import Deps
from proli.mind.facts import Done, Facts
from proli.mind.rules.dialogue import step
from proli.mind.rules.model import RulesModel
from proli.mind.rules.state import Call


async def answer_alone(facts: Facts, deps: Deps) -> tuple[str, Sequence[Done]]:
    """The reply, and what its tools have done before it.

    Raises:
        UsageLimitExceeded: it calls without end.
    """
    context = RunContext(deps=deps, model=RulesModel(facts, deps.heard), usage=RunUsage())
    done: list[Done] = []
    for _ in range(LIMITS.request_limit or 1):
        move = step(facts, deps.heard, done)
        if not isinstance(move, Call):
            return move.text, done
        done.append(await carry_out(move, context))
    raise UsageLimitExceeded("the rules agent calls without end")


async def carry_out(call: Call, context: RunContext[Deps]) -> Done:
    """What came of a call, whose arguments have passed as a model's do."""
    tool, arguments = TOOLS.tools[call.tool].function_schema, dict(call.arguments)
    try:
        outcome = await tool.call(tool.validator.validate_python(arguments), context)
    except ToolFailed:
        return Done(call.tool, arguments, {}, failed=True)
    return Done(call.tool, arguments, outcome)
