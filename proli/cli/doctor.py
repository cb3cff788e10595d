"""What is configured, what is reachable, and what to do about it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Annotated

import httpx2
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from proli.accounts.queries import list_businesses
from proli.channels.base import SendDelayed, SendInDoubt, SendRefused
from proli.channels.registry import CHANNELS
from proli.cli.call_checks import look_at_calls
from proli.cli.findings import Finding
from proli.cli.run import console
from proli.conversations.models import ChannelAccount, NumberHealth
from proli.monitoring.queries import Jobs, count_dead_letters, count_live_workers, find_last_backup, list_jobs
from proli.platform.db import Database
from proli.platform.errors import ConfigurationError
from proli.platform.http import make_http
from proli.platform.logging import start_logging
from proli.platform.migrations import require_current
from proli.platform.runtime import Runtime, open_runtime
from proli.platform.security import matches
from proli.platform.settings import LogSettings, Settings, known_names, split

GOOGLE = "https://generativelanguage.googleapis.com"
OPENAI = "https://api.openai.com/v1"
LONG_S = 60
WIDE = 250
"""Characters in a line where nobody's window bounds it."""
BACKUP_OLD = timedelta(hours=26)
"""As in the alert: a night was left out."""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    names: Annotated[bool, typer.Option("--settings", help="List every setting.")] = False,
) -> None:
    """Look at everything Proli needs. Ends with 0 when nothing is wrong, 1 otherwise."""
    if names:
        for name, description in known_names().items():
            typer.echo(f"{name}: {description}")
        return
    settings = Settings.load()
    start_logging(LogSettings(level="ERROR"))
    findings = asyncio.run(collect(settings))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        print_table(findings)
    raise typer.Exit(int(any(finding.level == "bad" for finding in findings)))


async def collect(settings: Settings) -> list[Finding]:
    findings: list[Finding] = []
    try:
        async with open_runtime(settings) as runtime:
            async for finding in look_at(runtime):
                findings.append(finding)
    except ConfigurationError as error:
        findings.append(Finding("installation", "bad", str(error)))
    except OperationalError as error:
        findings.append(Finding("database", "bad", str(error.orig).strip().splitlines()[-1], "proli migrate"))
    async with make_http() as http:
        findings += await look_at_models(settings, http)
        if "openai" in split(settings.voice.ears):
            asked = await look_at_model(f"openai:{settings.voice.openai_model}", settings, http)
            findings.append(replace(asked, what="ears openai"))
    return [*findings, look_at_speech(settings)]


async def look_at(runtime: Runtime) -> AsyncIterator[Finding]:
    try:
        await require_current(runtime.db)
    except ConfigurationError as error:
        yield Finding("migrations", "bad", str(error), "proli migrate")
        return
    yield Finding("migrations", "ok", "up to date")
    yield await look_at_database(runtime.db, embedded=runtime.settings.core.database_url is None)
    yield await look_at_logins(runtime.db)
    async with runtime.db.begin_operator() as session:
        workers = await count_live_workers(session, within_s=runtime.settings.worker.stalled_after_s)
        jobs = await list_jobs(session)
        dead = await count_dead_letters(session)
        backup = await find_last_backup(session)
        businesses = await list_businesses(session)
        accounts = (await session.scalars(select(ChannelAccount).order_by(ChannelAccount.id))).all()
    yield look_at_workers(workers, jobs)
    if dead:
        yield Finding("outbox", "note", f"{dead} messages could not be sent", "see docs/operations.md, dead letters")
    yield look_at_backup(backup, now=runtime.clock.now())
    yield look_at_key(runtime, accounts)
    names = ", ".join(business.slug for business in businesses)
    yield (
        Finding("businesses", "ok", names) if names else Finding("businesses", "note", "none", "proli business create")
    )
    for account in accounts:
        if CHANNELS[account.provider].needs:
            yield await look_at_number(runtime, account)
        if account.token_digest is not None and matches("", account.token_digest):
            yield Finding(f"webhooks of {account.external_id}", "bad", "an empty webhook token: all are refused",
                          "proli channel add, with a token of 16 characters or more")  # fmt: skip
    async for finding in look_at_calls(runtime):
        yield finding


def look_at_workers(alive: int, jobs: Sequence[Jobs]) -> Finding:
    """None alive is bad once something waits for them: people do."""
    if alive:
        return Finding("workers", "ok", f"{alive} alive")
    waits_s = max((one.oldest_s for one in jobs if one.status == "todo"), default=0)
    if waits_s < LONG_S:
        return Finding("workers", "note", "none alive", "start one: see docs/operations.md, no worker is alive")
    return Finding(
        "workers",
        "bad",
        f"none alive, and work waits for {waits_s:,.0f} s",
        "start one: see docs/operations.md, no worker is alive",
    )


def look_at_backup(made_at: datetime | None, *, now: datetime) -> Finding:
    """An installation that has never had one may be new; one that no longer has one has lost something."""
    if made_at is None:
        return Finding("backup", "note", "never made", "proli backup, every night: see docs/operations.md")
    found = f"the newest is of {made_at:%Y-%m-%d %H:%M} UTC"
    if now - made_at > BACKUP_OLD:
        return Finding("backup", "bad", found, "proli backup: see docs/operations.md, no new backup")
    return Finding("backup", "ok", found)


async def look_at_database(db: Database, *, embedded: bool) -> Finding:
    async with db.engine.connect() as connection:
        version = (await connection.execute(text("SHOW server_version"))).scalar_one()
    kind = "embedded" if embedded else "own"
    if int(version.split(".")[0]) < 15:
        return Finding("database", "bad", f"{kind} PostgreSQL {version}", "use PostgreSQL 15 or newer")
    return Finding("database", "ok", f"{kind} PostgreSQL {version}")


async def look_at_logins(db: Database) -> Finding:
    """Whether somebody who could bring statements of their own into a business's transaction could leave it."""
    async with db.engine.connect() as connection:
        may = await connection.scalar(
            text("""
            SELECT rolsuper OR EXISTS (SELECT FROM pg_class WHERE relname = 'businesses' AND relowner = pg_roles.oid)
                OR EXISTS (SELECT FROM pg_roles AS other WHERE other.rolname = 'proli_operator'
                           AND pg_has_role(pg_roles.oid, other.oid, 'MEMBER'))
            FROM pg_roles WHERE rolname = session_user
        """)
        )
    if may:
        return Finding("database login", "note", "owns the tables, or sees every business",
                       "PROLI_DATABASE_OWNER_URL and PROLI_DATABASE_OPERATOR_URL: see docs/operations.md")  # fmt: skip
    return Finding("database login", "ok", "can be nothing but one business")


def look_at_key(runtime: Runtime, accounts: Sequence[ChannelAccount]) -> Finding:
    """Whether what is encrypted can be read, and where the key must be kept besides."""
    core = runtime.settings.core
    kept = "PROLI_SECRET_KEY" if core.secret_key is not None else str(core.home / "secret.key")
    try:
        for account in accounts:
            runtime.vault.unseal(account.sealed)
    except ConfigurationError as error:
        return Finding("secret key", "bad", str(error), "put the key it was into PROLI_SECRET_KEY, as NEW,OLD")
    return Finding("secret key", "ok", f"in {kept}; no backup holds it: keep a copy somewhere else")


async def look_at_number(runtime: Runtime, account: ChannelAccount) -> Finding:
    what = f"number {account.external_id}"
    try:
        seen = await CHANNELS[account.provider].look(runtime, runtime.vault.unseal(account.sealed))
    except (SendRefused, SendDelayed, SendInDoubt, ConfigurationError) as error:
        return Finding(what, "bad", str(error), "check the network, and the credentials with `proli channel add`")
    if seen.health != NumberHealth.connected:
        return Finding(what, "bad", seen.said, seen.todo)
    return Finding(what, "ok", seen.said)


async def look_at_models(settings: Settings, http: httpx2.AsyncClient) -> list[Finding]:
    names = [name.strip() for name in settings.model.ladder.split(",") if name.strip()]
    found = [await look_at_model(name, settings, http) for name in names]
    if not any(finding.level == "ok" for finding in found):
        found.append(Finding("agent", "note", "the rules agent does the whole job", "set PROLI_MODEL_GEMINI_API_KEY"))
    return found


async def look_at_model(name: str, settings: Settings, http: httpx2.AsyncClient) -> Finding:
    """Whether the provider knows the model and takes the key; asked without generating anything."""
    provider, _, model = name.partition(":")
    google = provider == "google"
    key = settings.model.gemini_api_key if google else settings.model.openai_api_key
    variable = "PROLI_MODEL_GEMINI_API_KEY" if google else "PROLI_MODEL_OPENAI_API_KEY"
    if key is None:
        return Finding(f"model {name}", "note", "left out: no key", f"set {variable}")
    secret = key.get_secret_value()
    if google:
        base = settings.model.gemini_base_url or GOOGLE
        url, headers = f"{base.rstrip('/')}/v1beta/models/{model}", {"x-goog-api-key": secret}
    else:
        base = settings.model.openai_base_url or OPENAI
        url, headers = f"{base.rstrip('/')}/models/{model}", {"authorization": f"Bearer {secret}"}
    try:
        response = await http.get(url, headers=headers, timeout=10)
    except httpx2.HTTPError as error:
        return Finding(f"model {name}", "bad", f"out of reach ({type(error).__name__})", "check the network")
    if response.status_code == 200:
        return Finding(f"model {name}", "ok", "reachable, key accepted")
    return Finding(f"model {name}", "bad", f"answered {response.status_code}", f"check {variable} and the model's name")


def look_at_speech(settings: Settings) -> Finding:
    """Who writes voice notes down; told from the settings alone."""
    speech, models = settings.speech, settings.model
    hearing = [name for name in models.ladder.split(",") if name.strip().startswith("google:")]
    named = [speech.transcriber] if speech.transcriber else hearing
    open_to = {
        "google": models.gemini_api_key is not None,
        "openai-chat": models.openai_api_key is not None,
        "openai": bool(speech.api_key or speech.base_url or models.openai_api_key),
    }
    able = [name.strip() for name in named if open_to.get(name.strip().partition(":")[0])]
    if able:
        return Finding("voice notes", "ok", f"written down by {able[0]}")
    return Finding("voice notes", "note", "customers are asked to write", "set PROLI_SPEECH_TRANSCRIBER")


def print_table(findings: list[Finding]) -> None:
    styles = {"ok": "green", "note": "yellow", "bad": "red"}
    table = Table("", *(Column(name, overflow="fold") for name in ("what", "found", "what to do")), box=None)
    for one in findings:
        colour = styles[one.level]
        table.add_row(f"[{colour}]{one.level}[/]", escape(one.what), escape(one.found), escape(one.todo))
    (console if console.is_terminal else Console(highlight=False, width=WIDE)).print(table)
