"""Which revisions the check refuses: those that the release before could not live with."""

import subprocess
from pathlib import Path

import pytest

from proli import __version__
from tests import migrations_without_downtime
from tests.migrations_without_downtime import VERSIONS, problems_of, takes_away

HEAD = 'from alembic import op\nimport sqlalchemy as sa\nrevision = "9000_x"\n{}\ndef upgrade():\n    {}\n'


@pytest.mark.parametrize(
    "does",
    [
        'op.drop_column("leads", "notes")',
        'op.drop_table("leads")',
        'op.rename_table("leads", "requests")',
        'op.alter_column("leads", "notes", new_column_name="remarks")',
        'op.alter_column("leads", "notes", type_=sa.Integer())',
        'op.alter_column("leads", "notes", nullable=False)',
        'op.add_column("leads", sa.Column("notes", sa.Text(), nullable=False))',
        'op.execute("ALTER TABLE leads DROP COLUMN notes")',
        'op.execute(f"ALTER TABLE {x} RENAME TO requests")',
        'op.execute("ALTER TABLE leads ALTER COLUMN notes SET NOT NULL")',
        'op.execute("alter table leads alter column notes type bigint")',
    ],
)
def test_what_the_release_before_still_needs_is_not_taken_away(does: str) -> None:
    assert problems_of("9000_x", HEAD.format("", does))


@pytest.mark.parametrize(
    "does",
    [
        'op.create_table("notes", sa.Column("id", sa.BigInteger(), nullable=False))',
        'op.add_column("leads", sa.Column("notes", sa.Text()))',
        'op.add_column("leads", sa.Column("notes", sa.Text(), nullable=False, server_default=""))',
        'op.alter_column("leads", "notes", nullable=True)',
        'op.drop_index("ix_leads_notes", "leads")',
        'op.execute("CREATE INDEX CONCURRENTLY ix ON leads (notes)")',
        'op.execute("DROP TRIGGER tell ON leads")',
    ],
)
def test_what_only_adds_is_taken(does: str) -> None:
    assert problems_of("9000_x", HEAD.format("", does)) == []


def test_a_revision_may_take_back_in_its_downgrade_what_it_adds() -> None:
    source = HEAD.format("", "pass") + 'def downgrade():\n    op.drop_column("leads", "notes")\n'
    assert takes_away(source) == []


def test_an_earlier_release_that_is_named_must_be_earlier_and_must_not_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations_without_downtime, "ROOT", tmp_path)
    (tmp_path / "proli/leads").mkdir(parents=True)
    (tmp_path / "proli/leads/models.py").write_text("class Lead:\n    notes: Mapped[str]\n")
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for said in (("init", "-q"), ("add", "."), (*identity, "commit", "-qm", "x"), ("tag", "v0.0.1")):
        subprocess.run(("git", *said), cwd=tmp_path, check=True)

    def problems(since: str, column: str) -> list[str]:
        return problems_of("9000_x", HEAD.format(f'UNUSED_SINCE = "{since}"', f'op.drop_column("leads", "{column}")'))

    assert problems("0.0.1", "remarks") == []
    assert problems("0.0.1", "notes") == ["9000_x: the models of 0.0.1 still name notes"]
    assert "is not released before" in problems(__version__, "remarks")[0]
    assert problems("0.0.0", "notes") == []  # there is no such tag to be asked


def test_the_rule_would_have_found_those_that_wanted_workers_stopped() -> None:
    found = [path.stem for path in sorted(VERSIONS.glob("*.py")) if takes_away(path.read_text("utf-8"))]
    assert "0060_addresses" in found
