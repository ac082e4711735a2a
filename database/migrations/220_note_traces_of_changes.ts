import { BaseSchema } from '@adonisjs/lucid/schema'

const TABLES = ['shops', 'products', 'search_names', 'cities']

/**
 * A traced statement ends with a comment that names its span (SQLCommenter). The triggers note it with the
 * transaction, so that what follows from the change can be shown in the same trace. Without such a comment they do
 * nothing. Unlogged: nobody asks for a trace after a crash.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE UNLOGGED TABLE change_traces (
        transaction_id bigint PRIMARY KEY,
        traceparent text NOT NULL,
        noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE FUNCTION note_change_trace() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        sampled text := substring(current_query()
          FROM 'traceparent=''(00-[0-9a-f]{32}-[0-9a-f]{16}-01)''');
      BEGIN
        IF sampled IS NOT NULL THEN
          INSERT INTO change_traces (transaction_id, traceparent)
            VALUES (pg_current_xact_id()::xid::text::bigint, sampled)
            ON CONFLICT (transaction_id) DO NOTHING;
        END IF;
        RETURN NULL;
      END $$;
    `)
    for (const table of TABLES) {
      this.schema.raw(`
        CREATE TRIGGER ${table}_note_trace AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH STATEMENT WHEN (strpos(current_query(), 'traceparent=') > 0)
          EXECUTE FUNCTION note_change_trace()`)
    }
  }

  async down() {
    this.schema.raw('DROP FUNCTION note_change_trace() CASCADE')
    this.schema.raw('DROP TABLE change_traces')
  }
}
