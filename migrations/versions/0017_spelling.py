"""Leads are found however their words are spelled: with or without vowel signs, quotes of any kind, hyphens, final
letters and double yod or vav, and with the words in any order.

`proli_spelled` is the one spelling in which both what is looked through and what is looked for are compared.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_spelling"
down_revision = "0016_search"

ROLE = "proli_app"
TOLD = """coalesce(customer_name, '') || ' ' || description || ' ' || coalesce(address, '') || ' ' || \
coalesce(locality, '')"""
PERSON = "name || ' ' || coalesce(phone_e164, '')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP FUNCTION proli_find_leads")
    op.execute(r"""
        CREATE FUNCTION proli_spelled(said text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT btrim(replace(replace(regexp_replace(regexp_replace(
                translate(lower(normalize(said, NFKC)), 'ךםןףץ', 'כמנפצ'),
                '[''"`´\u00ad\u02bc\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05f3\u05f4\u061c\u200b-\u200f'
                '\u2018-\u201f\u202a-\u202e\u2032\u2033\u2060\u2066-\u2069\ufeff«»]', '', 'g'),
                '[\s\u05be\u2010-\u2015\u2212(),+-]+', ' ', 'g'), 'יי', 'י'), 'וו', 'ו')) $$
    """)
    op.execute(r"""
        CREATE FUNCTION proli_search_words(said text) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT coalesce(array_agg(word ORDER BY length(word) DESC, word), '{}') FROM (
                SELECT DISTINCT regexp_replace(word, '^0+(?=\d)', '') AS word
                FROM unnest(string_to_array(proli_spelled(said), ' ')) AS word WHERE word <> '' LIMIT 8) AS words $$
    """)
    for table, search in (("leads", TOLD), ("contacts", PERSON)):
        op.drop_column(table, "search")
        spelled = sa.Computed(f"proli_spelled({search})", persisted=True)
        op.add_column(table, sa.Column("search", sa.Text(), spelled, nullable=False))
        op.create_index(
            f"ix_{table}_search",
            table,
            [sa.text("proli_grams(business_id, search)")],
            postgresql_using="gin",
            postgresql_with={"gin_pending_list_limit": 256},
        )
    op.execute("""
        CREATE FUNCTION proli_find_leads(words text[], most bigint) RETURNS bigint[]
        LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER
        SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
        DECLARE
            business bigint := nullif(current_setting('proli.business_id', true), '');
            word text;
            found bigint[];
        BEGIN
            IF cardinality(words) = 0 THEN RETURN '{}'; END IF;
            FOREACH word IN ARRAY words[1:3] LOOP
                CONTINUE WHEN length(word) < 2;
                SELECT coalesce(array_agg(DISTINCT id), '{}') INTO found FROM (
                    SELECT id FROM leads
                    WHERE proli_grams(business_id, search) @> proli_grams(business, word) AND strpos(search, word) > 0
                    UNION ALL
                    SELECT leads.id FROM contacts JOIN leads ON leads.contact_id = contacts.id
                    WHERE proli_grams(contacts.business_id, contacts.search) @> proli_grams(business, word)
                        AND strpos(contacts.search, word) > 0
                    LIMIT 2 * most + 1) AS leads;
                EXIT WHEN cardinality(found) <= most;
                found := NULL;
            END LOOP;
            IF found IS NULL OR cardinality(words) = 1 THEN RETURN found; END IF;
            RETURN (SELECT coalesce(array_agg(leads.id), '{}')
                FROM leads JOIN contacts ON contacts.id = leads.contact_id
                WHERE leads.id = ANY (found) AND NOT EXISTS (
                    SELECT FROM unnest(words) AS one
                    WHERE strpos(leads.search, one) = 0 AND strpos(contacts.search, one) = 0));
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION proli_find_leads FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION proli_find_leads TO {ROLE}")
