import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A logged-in session's row has the user's id, so that it can be ended with the user's logins. Servers are
 * notified of ended sessions by the database. `logins_ended` counts how often a user's logins were ended: a login
 * in progress meanwhile is refused. Earlier sessions last 90 days from now.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE users
        ADD COLUMN blocked_at timestamptz,
        ADD COLUMN logins_ended integer NOT NULL DEFAULT 0;

      ALTER TABLE sessions
        ADD COLUMN began_at timestamptz NOT NULL DEFAULT now(),
        ALTER COLUMN user_id TYPE uuid
          USING substring(data from '"auth_web":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')::uuid;
      DELETE FROM sessions WHERE user_id NOT IN (SELECT id FROM users);
      ALTER TABLE sessions ADD CONSTRAINT sessions_user_id_foreign
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;

      CREATE FUNCTION sessions_announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('sessions', OLD.id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER sessions_announce AFTER DELETE ON sessions
        FOR EACH ROW WHEN (OLD.user_id IS NOT NULL) EXECUTE FUNCTION sessions_announce();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TRIGGER sessions_announce ON sessions;
      DROP FUNCTION sessions_announce();
      ALTER TABLE sessions
        DROP CONSTRAINT sessions_user_id_foreign,
        DROP COLUMN began_at,
        ALTER COLUMN user_id TYPE text;
      ALTER TABLE users DROP COLUMN blocked_at, DROP COLUMN logins_ended;
    `)
  }
}
