"""A business's own words in place of the common ones."""

from typing import Annotated

import typer

from proli.accounts.actions import set_text
from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.cli.run import console, show, with_runtime
from proli.cli.setup import Json, Slug, id_of
from proli.platform.runtime import Runtime
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import LANGUAGES, all_texts, own_texts

words = typer.Typer(no_args_is_help=True, help="The words Proli says, which a business can change.")
Language = Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")]


@words.command("list")
def words_list(slug: Slug, language: Language = "he") -> None:
    """Show every text as the business's customers read it; its own are marked."""

    async def run(runtime: Runtime) -> Business:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            return await get_business(session)

    business = with_runtime(run)
    own = own_texts(get_playbook(business.playbook), business.texts)
    for code, common in all_texts().items():
        mark = "*" if language in business.texts.get(code, {}) else " "
        said = own.get(code, {}).get(language) or common[language]
        console.print(f"{mark} {code}: {said.strip()}", markup=False)


@words.command("set")
def words_set(
    slug: Slug,
    code: Annotated[str, typer.Argument(help="Which text; see `proli words list`.")],
    text: Annotated[str, typer.Argument(help="The words; empty to have the common ones again.")],
    language: Language = "he",
    as_json: Json = False,
) -> None:
    """Say it differently from now on."""

    async def run(runtime: Runtime) -> None:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            await set_text(session, code=code, language=language, words=text)

    with_runtime(run)
    show({"code": code, "language": language}, as_json=as_json, words=f"{code} is said so from now on.")
