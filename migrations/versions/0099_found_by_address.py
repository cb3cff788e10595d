"""A lead is found by whatever phone leads to its contact, not by the main one alone."""

from alembic import op

revision = "0099_found_by_address"
down_revision = "0098_health"

FIND = """
    CREATE OR REPLACE FUNCTION proli_find_leads(words text[], most bigint) RETURNS bigint[]
    LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER
    SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
    DECLARE
        business bigint := nullif(current_setting('proli.business_id', true), '');
        word text;
        found bigint[];
    BEGIN
        IF cardinality(words) = 0 THEN RETURN '{{}}'; END IF;
        FOREACH word IN ARRAY words[1:3] LOOP
            CONTINUE WHEN length(word) < 2;
            SELECT coalesce(array_agg(DISTINCT id), '{{}}') INTO found FROM (
                SELECT id FROM leads
                WHERE proli_grams(business_id, search) @> proli_grams(business, word) AND strpos(search, word) > 0
                UNION ALL
                SELECT leads.id FROM contacts JOIN leads ON leads.contact_id = contacts.id
                WHERE proli_grams(contacts.business_id, contacts.search) @> proli_grams(business, word)
                    AND strpos(contacts.search, word) > 0
                {or_address}
                LIMIT 2 * most + 1) AS leads;
            EXIT WHEN cardinality(found) <= most;
            found := NULL;
        END LOOP;
        IF found IS NULL OR cardinality(words) = 1 THEN RETURN found; END IF;
        RETURN (SELECT coalesce(array_agg(leads.id), '{{}}')
            FROM leads JOIN contacts ON contacts.id = leads.contact_id
            WHERE leads.id = ANY (found) AND NOT EXISTS (
                SELECT FROM unnest(words) AS one
                WHERE strpos(leads.search, one) = 0 AND strpos(contacts.search, one) = 0 {nor_address}));
    END $$
"""
OR_ADDRESS = """
                UNION ALL
                SELECT leads.id FROM contact_addresses JOIN leads ON leads.contact_id = contact_addresses.contact_id
                WHERE proli_grams(contact_addresses.business_id, contact_addresses.value) @> proli_grams(business, word)
                    AND strpos(contact_addresses.value, word) > 0"""
NOR_ADDRESS = """AND NOT EXISTS (
                    SELECT FROM contact_addresses
                    WHERE contact_addresses.contact_id = contacts.id AND strpos(contact_addresses.value, one) > 0)"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        CREATE INDEX ix_contact_addresses_search ON contact_addresses
        USING gin (proli_grams(business_id, value)) WITH (gin_pending_list_limit = 256)
    """)
    op.execute(FIND.format(or_address=OR_ADDRESS, nor_address=NOR_ADDRESS))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(FIND.format(or_address="", nor_address=""))
    op.execute("DROP INDEX ix_contact_addresses_search")
