import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * API tokens; only the secret's hash is stored. `written` is a position at or past the token's last write. Servers
 * cache tokens; triggers notify them of changes by other processes or `psql`.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('access_tokens', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('tokenable_id').notNullable().references('users.id').onDelete('CASCADE').index()
      table.text('type').notNullable()
      table.text('name')
      table.text('hash').notNullable()
      table.text('abilities').notNullable()
      table.specificType('written', 'pg_lsn')
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('last_used_at', { useTz: true })
      table.timestamp('expires_at', { useTz: true }).notNullable().index()
    })
    this.schema.raw(`
      CREATE FUNCTION access_tokens_announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_tokens', OLD.id::text);
        RETURN NULL;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER access_tokens_announce AFTER UPDATE OR DELETE ON access_tokens
      FOR EACH ROW EXECUTE FUNCTION access_tokens_announce()`)
    this.schema.raw(`
      CREATE FUNCTION users_announce_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_tokens', id::text) FROM access_tokens WHERE tokenable_id = NEW.id;
        RETURN NULL;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER users_announce_tokens AFTER UPDATE ON users
      FOR EACH ROW EXECUTE FUNCTION users_announce_tokens()`)
  }

  async down() {
    this.schema.raw('DROP FUNCTION IF EXISTS users_announce_tokens CASCADE')
    this.schema.dropTable('access_tokens')
    this.schema.raw('DROP FUNCTION IF EXISTS access_tokens_announce')
  }
}
