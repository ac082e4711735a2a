import { BaseSchema } from '@adonisjs/lucid/schema'

const ENDED = `('delivered', 'declined', 'cancelled')`

const REFUSE = `USING ERRCODE = 'check_violation', CONSTRAINT =`

/**
 * A khata is opened by an invitation that the customer accepts in the same transaction. An invitation is for a
 * username, which need not exist, or a code. Existing khatas stay open.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('khata_invitations', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('shop_id').notNullable().references('shops.id').onDelete('CASCADE').index()
      table.specificType('username', 'citext')
      table.text('code_digest').unique()
      table.uuid('customer_id').references('users.id').index()
      table.integer('limit_paise').notNullable()
      table.text('state').notNullable().defaultTo('waiting')
      table.timestamp('expires_at', { useTz: true }).notNullable()
      table.timestamp('answered_at', { useTz: true })
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.check('limit_paise BETWEEN 0 AND 1000000000', [], 'khata_invitations_limit_in_range')
      table.check(
        `state IN ('waiting', 'accepted', 'declined', 'withdrawn')`,
        [],
        'khata_invitations_state_known'
      )
      table.check(
        '(username IS NULL) <> (code_digest IS NULL)',
        [],
        'khata_invitations_username_or_code'
      )
      table.check(
        `state NOT IN ('accepted', 'declined') OR customer_id IS NOT NULL`,
        [],
        'khata_invitations_answered_by_a_customer'
      )
    })
    this.schema.raw(`
      CREATE UNIQUE INDEX khata_invitations_waiting_unique ON khata_invitations (shop_id, username)
      WHERE state = 'waiting'`)
    this.schema.raw(`
      CREATE FUNCTION khata_invitations_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state <> 'waiting'
          OR NEW.state = 'accepted' AND OLD.expires_at <= now()
          OR (NEW.shop_id, NEW.limit_paise) <> (OLD.shop_id, OLD.limit_paise)
          OR (NEW.username, NEW.code_digest) IS DISTINCT FROM (OLD.username, OLD.code_digest)
          OR NEW.customer_id IS DISTINCT FROM OLD.customer_id
            AND (OLD.code_digest IS NULL OR NEW.state <> 'accepted')
        THEN
          RAISE EXCEPTION 'a khata invitation is answered once, as it was made'
            ${REFUSE} 'khata_invitations_transition';
        END IF;
        NEW.answered_at := now();
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER khata_invitations_guard BEFORE UPDATE ON khata_invitations
      FOR EACH ROW EXECUTE FUNCTION khata_invitations_guard()`)

    this.schema.raw(`
      ALTER TABLE khatas
        ADD state text NOT NULL DEFAULT 'open',
        ADD invitation_id uuid REFERENCES khata_invitations,
        ADD closed_at timestamptz,
        ADD closed_by uuid REFERENCES users,
        ADD CONSTRAINT khatas_state_known CHECK (state IN ('open', 'closed')),
        ADD CONSTRAINT khatas_closed_when_said CHECK (
          (state = 'closed') = (closed_at IS NOT NULL)
          AND (state = 'closed') = (closed_by IS NOT NULL))`)
    this.schema.raw('CREATE UNIQUE INDEX khatas_invitation_unique ON khatas (invitation_id)')
    this.schema.raw(`
      CREATE FUNCTION khatas_open_by_consent() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state <> 'open' OR NOT EXISTS (
          SELECT FROM khata_invitations
          WHERE id = NEW.invitation_id AND state = 'accepted' AND answered_at = now()
            AND (shop_id, customer_id, limit_paise) = (NEW.shop_id, NEW.customer_id, NEW.limit_paise)
        ) THEN
          RAISE EXCEPTION 'a khata opens with an invitation that its customer accepts'
            ${REFUSE} 'khatas_open_by_consent';
        END IF;
        NEW.closed_at := NULL;
        NEW.closed_by := NULL;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER khatas_begin_by_consent BEFORE INSERT ON khatas
      FOR EACH ROW EXECUTE FUNCTION khatas_open_by_consent()`)
    this.schema.raw(`
      CREATE TRIGGER khatas_reopen_by_consent BEFORE UPDATE ON khatas
      FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION khatas_open_by_consent()`)
    this.schema.raw(`
      CREATE FUNCTION khatas_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.shop_id, NEW.customer_id) <> (OLD.shop_id, OLD.customer_id)
          OR NEW.state = OLD.state AND NEW.invitation_id IS DISTINCT FROM OLD.invitation_id
        THEN
          RAISE EXCEPTION 'a khata stays between its shop and its customer'
            ${REFUSE} 'khatas_stay_between_two';
        END IF;
        IF OLD.state = 'open' AND NEW.state = 'closed' THEN
          IF (
            SELECT coalesce(sum(amount_paise), 0) FROM khata_entries
            JOIN khata_transactions AS t ON t.id = transaction_id
            WHERE account = 'khata' AND khata_id = OLD.id
          ) <> 0 THEN
            RAISE EXCEPTION 'khata % is not even', OLD.id ${REFUSE} 'khatas_close_when_even';
          END IF;
          IF EXISTS (
            SELECT FROM khata_transactions AS t JOIN orders ON orders.id = order_id
            WHERE khata_id = OLD.id AND orders.state NOT IN ${ENDED}
          ) THEN
            RAISE EXCEPTION 'khata % has orders that are not finished', OLD.id
              ${REFUSE} 'khatas_close_without_orders';
          END IF;
          NEW.closed_at := now();
        END IF;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER khatas_guard BEFORE UPDATE ON khatas
      FOR EACH ROW EXECUTE FUNCTION khatas_guard()`)
    /** The lock serialises writing to a khata and closing it. */
    this.schema.raw(`
      CREATE FUNCTION khata_transactions_need_an_open_khata() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM khatas WHERE id = NEW.khata_id AND state = 'open' FOR SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'khata % is closed', NEW.khata_id ${REFUSE} 'khata_transactions_khata_is_open';
        END IF;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER khata_transactions_need_an_open_khata BEFORE INSERT ON khata_transactions
      FOR EACH ROW EXECUTE FUNCTION khata_transactions_need_an_open_khata()`)
  }

  async down() {
    for (const name of [
      'khata_transactions_need_an_open_khata',
      'khatas_guard',
      'khatas_open_by_consent',
    ]) {
      this.schema.raw(`DROP FUNCTION ${name} CASCADE`)
    }
    this.schema.raw(
      'ALTER TABLE khatas DROP state, DROP invitation_id, DROP closed_at, DROP closed_by'
    )
    this.schema.dropTable('khata_invitations')
    this.schema.raw('DROP FUNCTION khata_invitations_guard')
  }
}
