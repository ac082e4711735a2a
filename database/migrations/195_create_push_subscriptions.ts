import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Browsers that are told of new orders while no page is open, one for each login: it ends with the session, however
 * that ends. Messages are queued in the transaction of their order.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE push_subscriptions (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        session_id text NOT NULL CONSTRAINT push_subscriptions_of_session UNIQUE REFERENCES sessions ON DELETE CASCADE,
        endpoint text NOT NULL CONSTRAINT push_subscriptions_endpoint UNIQUE,
        p256dh text NOT NULL,
        auth text NOT NULL,
        server_key text NOT NULL,
        locale text NOT NULL CONSTRAINT push_subscriptions_locale_known CHECK (locale IN ('en', 'hi')),
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT push_subscriptions_endpoint_length CHECK (char_length(endpoint) <= 2000)
      );

      CREATE TABLE push_messages (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        subscription_id uuid NOT NULL REFERENCES push_subscriptions ON DELETE CASCADE,
        order_id uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
        attempts smallint NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        CONSTRAINT push_messages_once UNIQUE (subscription_id, order_id)
      );
      CREATE INDEX push_messages_due_index ON push_messages (due_at);
      CREATE INDEX push_messages_order_id_index ON push_messages (order_id);
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE push_messages; DROP TABLE push_subscriptions')
  }
}
