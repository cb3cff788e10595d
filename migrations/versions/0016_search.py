"""Leads are found by any part of a name, a phone, an address or what was asked for.

The index holds every two letters that follow one another, under their business. It is read by a function of the
owner's: the database does not let a business's role use it, as it cannot know that comparing arrays tells nothing of
the rows of others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_search"
down_revision = "0015_draft_tries"

ROLE = "proli_app"
LEAD = """lower(coalesce(customer_name, '') || ' ' || description || ' ' || coalesce(address, '') || ' ' || \
coalesce(locality, ''))"""
PERSON = "lower(name || ' ' || coalesce(phone_e164, ''))"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        CREATE FUNCTION proli_grams(business_id bigint, words text) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT coalesce(array_agg(DISTINCT business_id || ':' || gram), '{}') FROM (
                SELECT letter || lead(letter) OVER along AS gram
                FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS letters (letter, place)
                WINDOW along AS (ORDER BY place)) AS grams
            WHERE gram IS NOT NULL $$
    """)
    for table, search in (("leads", LEAD), ("contacts", PERSON)):
        op.add_column(table, sa.Column("search", sa.Text(), sa.Computed(search, persisted=True), nullable=False))
        op.create_index(
            f"ix_{table}_search",
            table,
            [sa.text("proli_grams(business_id, search)")],
            postgresql_using="gin",
            postgresql_with={"gin_pending_list_limit": 256},
        )
    op.execute("""
        CREATE FUNCTION proli_find_leads(words text, digits text, most bigint) RETURNS bigint[]
        LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER
        SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
        DECLARE
            business bigint := nullif(current_setting('proli.business_id', true), '');
            found bigint[];
        BEGIN
            words := lower(words);
            IF length(words) < 2 THEN RETURN NULL; END IF;
            SELECT array_agg(DISTINCT id) INTO found FROM (
                SELECT id FROM leads
                WHERE proli_grams(business_id, search) @> proli_grams(business, words) AND strpos(search, words) > 0
                UNION ALL
                SELECT leads.id FROM contacts JOIN leads ON leads.contact_id = contacts.id
                WHERE proli_grams(contacts.business_id, contacts.search) @> proli_grams(business, words)
                    AND strpos(contacts.search, words) > 0
                UNION ALL
                SELECT leads.id FROM contacts JOIN leads ON leads.contact_id = contacts.id
                WHERE proli_grams(contacts.business_id, contacts.search) @> proli_grams(business, digits)
                    AND strpos(contacts.search, digits) > 0 AND digits <> ''
                LIMIT 3 * most + 1) AS leads;
            RETURN CASE WHEN cardinality(found) > most THEN NULL ELSE coalesce(found, '{}') END;
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION proli_find_leads FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION proli_find_leads TO {ROLE}")
