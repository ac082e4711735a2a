import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Servers keep copies of rows that pages need, and drop them when the database announces a change. `announce_row`
 * announces the table and the value of the column in its first argument; a second argument replaces the table's
 * name. An expiry that moves ahead is not announced: a copy that has expired is read again.
 *
 * `listeners` has a row for each process that may use its copies. It is unlogged because nothing in it outlives
 * the connections of these processes.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION announce_row() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        name text := coalesce(TG_ARGV[1], TG_TABLE_NAME);
        changed jsonb;
      BEGIN
        IF TG_OP = 'TRUNCATE' THEN
          PERFORM pg_notify('rows', name || ' *');
          RETURN NULL;
        END IF;
        FOREACH changed IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
          IF changed ->> TG_ARGV[0] IS NOT NULL THEN
            PERFORM pg_notify('rows', name || ' ' || (changed ->> TG_ARGV[0]));
          END IF;
        END LOOP;
        RETURN NULL;
      END $$;

      CREATE TRIGGER sessions_announce_row AFTER INSERT OR DELETE ON sessions
        FOR EACH ROW EXECUTE FUNCTION announce_row('id');
      CREATE TRIGGER sessions_announce_change AFTER UPDATE ON sessions
        FOR EACH ROW WHEN (
          (OLD.id, OLD.user_id, OLD.data, OLD.began_at)
            IS DISTINCT FROM (NEW.id, NEW.user_id, NEW.data, NEW.began_at)
          OR NEW.expires_at < OLD.expires_at
        ) EXECUTE FUNCTION announce_row('id');
      CREATE TRIGGER users_announce_row AFTER INSERT OR UPDATE OR DELETE ON users
        FOR EACH ROW EXECUTE FUNCTION announce_row('id');

      DROP TRIGGER access_tokens_announce ON access_tokens;
      DROP FUNCTION access_tokens_announce();
      CREATE TRIGGER access_tokens_announce_row AFTER INSERT OR UPDATE OR DELETE ON access_tokens
        FOR EACH ROW EXECUTE FUNCTION announce_row('id');
      CREATE OR REPLACE FUNCTION users_announce_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('rows', 'access_tokens ' || id)
          FROM access_tokens WHERE tokenable_id = NEW.id;
        RETURN NULL;
      END $$;

      CREATE TRIGGER sessions_announce_all AFTER TRUNCATE ON sessions
        EXECUTE FUNCTION announce_row('id');
      CREATE TRIGGER users_announce_all AFTER TRUNCATE ON users
        EXECUTE FUNCTION announce_row('id');
      CREATE TRIGGER access_tokens_announce_all AFTER TRUNCATE ON access_tokens
        EXECUTE FUNCTION announce_row('id');

      CREATE UNLOGGED TABLE listeners (
        id uuid PRIMARY KEY,
        confirmed_at timestamptz NOT NULL,
        passed pg_lsn
      ) WITH (fillfactor = 50);
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE listeners;
      DROP FUNCTION announce_row() CASCADE;
      CREATE FUNCTION access_tokens_announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_tokens', OLD.id::text);
        RETURN NULL;
      END $$;
      CREATE TRIGGER access_tokens_announce AFTER UPDATE OR DELETE ON access_tokens
        FOR EACH ROW EXECUTE FUNCTION access_tokens_announce();
      CREATE OR REPLACE FUNCTION users_announce_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_tokens', id::text) FROM access_tokens WHERE tokenable_id = NEW.id;
        RETURN NULL;
      END $$;
    `)
  }
}
