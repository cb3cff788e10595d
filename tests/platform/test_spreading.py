"""Businesses can be spread over several databases: what must be one of its kind is so within its business."""

from sqlalchemy import text

from proli.platform.db import Database

UNIQUE = text("""
    SELECT of_table.relname AS "table", of_index.relname AS name,
           ARRAY(SELECT attname FROM pg_attribute
                 WHERE attrelid = of_table.oid AND attnum = ANY (one.indkey::int[])) AS columns
    FROM pg_index AS one
    JOIN pg_class AS of_index ON of_index.oid = one.indexrelid
    JOIN pg_class AS of_table ON of_table.oid = one.indrelid
    WHERE one.indisunique AND of_table.relnamespace = 'public'::regnamespace
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = of_table.oid AND attname = 'business_id')
""")
POINTING = text("""
    SELECT conrelid::regclass::text AS "table", attname AS column
    FROM pg_constraint
    JOIN pg_attribute AS pointing ON pointing.attrelid = conrelid AND pointing.attnum = ANY (conkey)
    WHERE contype = 'f' AND EXISTS (
        SELECT FROM pg_attribute AS there WHERE there.attrelid = confrelid AND there.attname = 'business_id')
""")
OF_ITS_CONVERSATION = {"uq_tool_calls_once"}
"""`origin` names the conversation."""
OVER_ALL = {
    "uq_call_recordings_external_id",
    "uq_call_streams_token_digest",
    "uq_calls_external_id",
    "uq_channel_accounts_provider_external_id",
    "uq_invitations_token",
    "uq_voice_numbers_phone_e164",
}
"""By these a business is found: they are for whatever knows which database a business lives in."""


async def test_whatever_is_unique_in_a_business_names_the_business_or_a_row_of_it(db: Database) -> None:
    async with db.owner() as connection:
        unique = (await connection.execute(UNIQUE)).all()
        pointing = {(one.table, one.column) for one in await connection.execute(POINTING)}
    assert len(unique) > 40
    loose = {
        one.name
        for one in unique
        if not {"business_id", "id"} & {*one.columns} and not any((one.table, name) in pointing for name in one.columns)
    }
    assert loose == OF_ITS_CONVERSATION | OVER_ALL
