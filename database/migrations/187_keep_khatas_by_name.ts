import { BaseSchema } from '@adonisjs/lucid/schema'

const refuse = (constraint: string) =>
  `USING ERRCODE = 'check_violation', CONSTRAINT = '${constraint}'`

/** Within the transaction that accepts it. */
const acceptedNow = (values: string) => `EXISTS (
  SELECT FROM khata_invitations
  WHERE id = NEW.invitation_id AND state = 'accepted' AND answered_at = now() AND ${values})`

const OF_NAME_AND_ACCOUNTS = `
  CREATE OR REPLACE FUNCTION khatas_open_by_consent() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> 'open' OR NEW.joined_to_id IS NOT NULL
      OR NEW.customer_id IS NULL AND TG_OP = 'UPDATE'
      OR NEW.customer_id IS NOT NULL
        AND NOT ${acceptedNow('(shop_id, customer_id, limit_paise) = (NEW.shop_id, NEW.customer_id, NEW.limit_paise)')}
    THEN
      RAISE EXCEPTION 'a khata opens by name, or with an invitation that its customer accepts'
        ${refuse('khatas_open_by_consent')};
    END IF;
    NEW.closed_at := NULL;
    NEW.closed_by := NULL;
    RETURN NEW;
  END $$;

  CREATE OR REPLACE FUNCTION khatas_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    joins boolean := OLD.customer_id IS NULL AND NEW.customer_id IS NOT NULL;
  BEGIN
    IF NEW.shop_id <> OLD.shop_id
      OR NEW.customer_id IS DISTINCT FROM OLD.customer_id AND NOT joins
      OR NEW.state = OLD.state AND NEW.invitation_id IS DISTINCT FROM OLD.invitation_id AND NOT joins
    THEN
      RAISE EXCEPTION 'a khata stays between its shop and its customer' ${refuse('khatas_stay_between_two')};
    END IF;
    IF joins AND NOT (OLD.state = 'open' AND NEW.state = 'open' AND ${acceptedNow(
      '(shop_id, customer_id, khata_id) = (NEW.shop_id, NEW.customer_id, NEW.id)'
    )}) THEN
      RAISE EXCEPTION 'a khata by name is joined with an invitation to it' ${refuse('khatas_join_by_consent')};
    END IF;
    IF NEW.joined_to_id IS DISTINCT FROM OLD.joined_to_id AND NOT (
      OLD.joined_to_id IS NULL AND OLD.state = 'open' AND EXISTS (
        SELECT FROM khatas AS own
        WHERE own.id = NEW.joined_to_id AND own.shop_id = NEW.shop_id AND own.state = 'open'
          AND EXISTS (
            SELECT FROM khata_invitations AS invitation
            WHERE invitation.khata_id = NEW.id AND invitation.customer_id = own.customer_id
              AND state = 'accepted' AND answered_at = now()))
    ) THEN
      RAISE EXCEPTION 'a khata by name is joined with an invitation to it' ${refuse('khatas_join_by_consent')};
    END IF;
    IF OLD.state = 'open' AND NEW.state = 'closed' THEN
      IF (
        SELECT coalesce(sum(amount_paise), 0) FROM khata_entries
        JOIN khata_transactions AS t ON t.id = transaction_id
        WHERE account = 'khata' AND khata_id = OLD.id
      ) <> 0 THEN
        RAISE EXCEPTION 'khata % is not even', OLD.id ${refuse('khatas_close_when_even')};
      END IF;
      IF EXISTS (
        SELECT FROM khata_transactions AS t JOIN orders ON orders.id = order_id
        WHERE khata_id = OLD.id AND orders.state NOT IN ('delivered', 'declined', 'cancelled', 'expired')
      ) THEN
        RAISE EXCEPTION 'khata % has orders that are not finished', OLD.id
          ${refuse('khatas_close_without_orders')};
      END IF;
      NEW.closed_at := now();
    END IF;
    RETURN NEW;
  END $$;`

const OF_ACCOUNTS = `
  CREATE OR REPLACE FUNCTION khatas_open_by_consent() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> 'open'
      OR NOT ${acceptedNow('(shop_id, customer_id, limit_paise) = (NEW.shop_id, NEW.customer_id, NEW.limit_paise)')}
    THEN
      RAISE EXCEPTION 'a khata opens with an invitation that its customer accepts'
        ${refuse('khatas_open_by_consent')};
    END IF;
    NEW.closed_at := NULL;
    NEW.closed_by := NULL;
    RETURN NEW;
  END $$;

  CREATE OR REPLACE FUNCTION khatas_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.shop_id, NEW.customer_id) <> (OLD.shop_id, OLD.customer_id)
      OR NEW.state = OLD.state AND NEW.invitation_id IS DISTINCT FROM OLD.invitation_id
    THEN
      RAISE EXCEPTION 'a khata stays between its shop and its customer' ${refuse('khatas_stay_between_two')};
    END IF;
    IF OLD.state = 'open' AND NEW.state = 'closed' THEN
      IF (
        SELECT coalesce(sum(amount_paise), 0) FROM khata_entries
        JOIN khata_transactions AS t ON t.id = transaction_id
        WHERE account = 'khata' AND khata_id = OLD.id
      ) <> 0 THEN
        RAISE EXCEPTION 'khata % is not even', OLD.id ${refuse('khatas_close_when_even')};
      END IF;
      IF EXISTS (
        SELECT FROM khata_transactions AS t JOIN orders ON orders.id = order_id
        WHERE khata_id = OLD.id AND orders.state NOT IN ('delivered', 'declined', 'cancelled', 'expired')
      ) THEN
        RAISE EXCEPTION 'khata % has orders that are not finished', OLD.id
          ${refuse('khatas_close_without_orders')};
      END IF;
      NEW.closed_at := now();
    END IF;
    RETURN NEW;
  END $$;`

const invitationsGuard = (content: string) => `
  CREATE OR REPLACE FUNCTION khata_invitations_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.state <> 'waiting'
      OR NEW.state = 'accepted' AND OLD.expires_at <= now()
      OR (NEW.shop_id, NEW.limit_paise) <> (OLD.shop_id, OLD.limit_paise)
      OR (${content.replaceAll('?', 'NEW')}) IS DISTINCT FROM (${content.replaceAll('?', 'OLD')})
      OR NEW.customer_id IS DISTINCT FROM OLD.customer_id
        AND (OLD.code_digest IS NULL OR NEW.state <> 'accepted')
    THEN
      RAISE EXCEPTION 'a khata invitation is answered once, as it was made'
        ${refuse('khata_invitations_transition')};
    END IF;
    NEW.answered_at := now();
    RETURN NEW;
  END $$;`

const writtenOnce = (isOfDemo: string) => `
  CREATE OR REPLACE FUNCTION khata_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    written_in uuid;
  BEGIN
    IF TG_OP = 'DELETE' THEN
      IF TG_TABLE_NAME = 'khata_transactions' THEN
        written_in := OLD.khata_id;
      ELSE
        SELECT khata_id INTO written_in FROM khata_transactions WHERE id = OLD.transaction_id;
      END IF;
      IF EXISTS (
        SELECT FROM khatas
        JOIN shops ON shops.id = shop_id
        JOIN users AS owner ON owner.id = owner_id
        LEFT JOIN users AS customer ON customer.id = customer_id
        WHERE khatas.id = written_in AND owner.is_demo AND ${isOfDemo}
      ) THEN
        RETURN OLD;
      END IF;
    END IF;
    RAISE EXCEPTION 'what is written in a khata stays'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'khata_is_written_once';
  END $$;`

const reversalsUndo = (kinds: string) => `
  CREATE OR REPLACE FUNCTION khata_reversals_undo() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    own khata_transactions;
    reversed khata_transactions;
  BEGIN
    SELECT * INTO own FROM khata_transactions WHERE id = NEW.transaction_id;
    IF own.kind <> 'reversal' THEN
      RETURN NULL;
    END IF;
    SELECT * INTO reversed FROM khata_transactions WHERE id = own.reverses_id;
    IF own.order_id IS DISTINCT FROM reversed.order_id OR reversed.kind IN (${kinds}) THEN
      RAISE EXCEPTION 'khata transaction % cannot be reversed so', reversed.id ${refuse('khata_reversals_undo')};
    END IF;
    IF reversed.kind = 'order' THEN
      IF NOT EXISTS (SELECT FROM orders WHERE id = own.order_id AND state = 'delivered') OR EXISTS (
        SELECT FROM khata_entries JOIN khata_transactions AS t ON t.id = transaction_id
        WHERE order_id = own.order_id GROUP BY account HAVING sum(amount_paise) <> 0
      ) THEN
        RAISE EXCEPTION 'the charge of order % is not the owner''s to reverse so', own.order_id
          ${refuse('khata_reversals_undo')};
      END IF;
    ELSIF EXISTS (
      SELECT FROM khata_entries WHERE transaction_id IN (own.id, reversed.id)
      GROUP BY account HAVING sum(amount_paise) <> 0
    ) THEN
      RAISE EXCEPTION 'khata transaction % is not undone by %', reversed.id, own.id ${refuse('khata_reversals_undo')};
    END IF;
    RETURN NULL;
  END $$;`

/**
 * A shop keeps a khata by name and mobile for a customer without an account. It becomes the account's own khata only by
 * an invitation to that khata, or its balance moves to the khata that the account already has: two lines of kind
 * `transfer`. A request is how a customer asks the shop for this.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE khatas
        ALTER customer_id DROP NOT NULL,
        ADD name text,
        ADD mobile text,
        ADD joined_to_id uuid REFERENCES khatas,
        ADD CONSTRAINT khatas_account_or_name CHECK (
          num_nonnulls(customer_id, name) = 1 AND num_nonnulls(customer_id, mobile) = 1),
        ADD CONSTRAINT khatas_mobile_form CHECK (mobile ~ '^[6-9][0-9]{9}$'),
        ADD CONSTRAINT khatas_texts_clean CHECK (name IS NOT DISTINCT FROM clean_text(name)),
        ADD CONSTRAINT khatas_joined_are_closed CHECK (
          joined_to_id IS NULL OR state = 'closed' AND customer_id IS NULL);
      CREATE UNIQUE INDEX khatas_shop_mobile_unique ON khatas (shop_id, mobile) WHERE state = 'open';
      CREATE INDEX khatas_joined_to_id_index ON khatas (joined_to_id);

      ALTER TABLE khata_invitations
        ADD khata_id uuid REFERENCES khatas ON DELETE CASCADE;
      CREATE INDEX khata_invitations_khata_id_index ON khata_invitations (khata_id);

      CREATE TABLE khata_requests (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        shop_id uuid NOT NULL REFERENCES shops ON DELETE CASCADE,
        customer_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        state text NOT NULL DEFAULT 'waiting',
        expires_at timestamptz NOT NULL,
        answered_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT khata_requests_state_known CHECK (
          state IN ('waiting', 'confirmed', 'declined', 'withdrawn'))
      );
      CREATE UNIQUE INDEX khata_requests_waiting_unique ON khata_requests (shop_id, customer_id)
      WHERE state = 'waiting';
      CREATE INDEX khata_requests_customer_id_index ON khata_requests (customer_id);
      CREATE INDEX khata_requests_ended_index ON khata_requests (coalesce(answered_at, expires_at));
      CREATE FUNCTION khata_requests_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state <> 'waiting' OR (NEW.shop_id, NEW.customer_id) <> (OLD.shop_id, OLD.customer_id)
          OR NEW.state = 'confirmed' AND OLD.expires_at <= now()
        THEN
          RAISE EXCEPTION 'a khata request is answered once' ${refuse('khata_requests_transition')};
        END IF;
        NEW.answered_at := now();
        RETURN NEW;
      END $$;
      CREATE TRIGGER khata_requests_guard BEFORE UPDATE ON khata_requests
        FOR EACH ROW EXECUTE FUNCTION khata_requests_guard();
      CREATE TRIGGER khata_requests_announce_belongings AFTER INSERT OR UPDATE OR DELETE ON khata_requests
        FOR EACH ROW EXECUTE FUNCTION rows_announce_belongings();
      CREATE TRIGGER khata_requests_announce_all_belongings AFTER TRUNCATE ON khata_requests
        EXECUTE FUNCTION announce_all_belongings();

      ALTER TABLE khata_transactions
        DROP CONSTRAINT khata_transactions_kind_known,
        ADD CONSTRAINT khata_transactions_kind_known CHECK (
          kind IN ('order', 'weight', 'return', 'settlement', 'transfer', 'reversal')),
        DROP CONSTRAINT khata_transactions_name_their_order,
        ADD CONSTRAINT khata_transactions_name_their_order CHECK (
          kind = 'reversal' OR (kind IN ('settlement', 'transfer')) = (order_id IS NULL));
      ALTER TABLE khata_entries
        DROP CONSTRAINT khata_entries_account_known,
        ADD CONSTRAINT khata_entries_account_known CHECK (
          account IN ('khata', 'sales', 'cash', 'upi', 'transfer'));
      ${OF_NAME_AND_ACCOUNTS}
      ${invitationsGuard('?.username, ?.code_digest, ?.khata_id')}
      ${writtenOnce('(customer.is_demo OR customer_id IS NULL)')}
      ${reversalsUndo(`'return', 'weight', 'transfer'`)}`)
  }

  /**
   * Khatas by name go with their lines, because they are nobody's without the name. Balances that accounts took over
   * stay, as payments from outside.
   */
  async down() {
    this.schema.raw(`
      ALTER TABLE khatas DISABLE TRIGGER USER;
      ALTER TABLE khata_transactions DISABLE TRIGGER USER;
      ALTER TABLE khata_entries DISABLE TRIGGER USER;
      DELETE FROM khata_entries WHERE transaction_id IN (
        SELECT t.id FROM khata_transactions AS t JOIN khatas ON khatas.id = khata_id WHERE customer_id IS NULL);
      DELETE FROM khata_transactions WHERE khata_id IN (SELECT id FROM khatas WHERE customer_id IS NULL);
      UPDATE khatas SET joined_to_id = NULL WHERE joined_to_id IS NOT NULL;
      DELETE FROM khatas WHERE customer_id IS NULL;
      UPDATE khata_entries SET account = 'cash' WHERE account = 'transfer';
      UPDATE khata_transactions SET kind = 'settlement' WHERE kind = 'transfer';
      ALTER TABLE khatas ENABLE TRIGGER USER;
      ALTER TABLE khata_transactions ENABLE TRIGGER USER;
      ALTER TABLE khata_entries ENABLE TRIGGER USER;
      ${OF_ACCOUNTS}
      ${invitationsGuard('?.username, ?.code_digest')}
      ${writtenOnce('customer.is_demo')}
      ${reversalsUndo(`'return', 'weight'`)}
      ALTER TABLE khata_entries
        DROP CONSTRAINT khata_entries_account_known,
        ADD CONSTRAINT khata_entries_account_known CHECK (account IN ('khata', 'sales', 'cash', 'upi'));
      ALTER TABLE khata_transactions
        DROP CONSTRAINT khata_transactions_kind_known,
        ADD CONSTRAINT khata_transactions_kind_known CHECK (
          kind IN ('order', 'weight', 'return', 'settlement', 'reversal')),
        DROP CONSTRAINT khata_transactions_name_their_order,
        ADD CONSTRAINT khata_transactions_name_their_order CHECK (
          kind = 'reversal' OR (kind = 'settlement') = (order_id IS NULL));
      DROP TABLE khata_requests;
      DROP FUNCTION khata_requests_guard();
      ALTER TABLE khata_invitations DROP khata_id;
      ALTER TABLE khatas
        DROP CONSTRAINT khatas_account_or_name,
        DROP CONSTRAINT khatas_joined_are_closed,
        DROP CONSTRAINT khatas_texts_clean,
        DROP name,
        DROP mobile,
        DROP joined_to_id,
        ALTER customer_id SET NOT NULL`)
  }
}
