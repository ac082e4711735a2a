import { BaseSchema } from '@adonisjs/lucid/schema'

const REFUSE = `USING ERRCODE = 'check_violation', CONSTRAINT = 'khata_reversals_undo'`

/**
 * A mistake is corrected by a second transaction that reverses the amounts, once, with a reason. For an order's
 * charge it reverses what is left, and only after delivery: until then the order can be cancelled, or an item left
 * out.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE khata_transactions
        ADD reverses_id uuid,
        ADD CONSTRAINT khata_transactions_within_khata UNIQUE (khata_id, id),
        ADD CONSTRAINT khata_transactions_reversed_once UNIQUE (reverses_id),
        ADD CONSTRAINT khata_transactions_reverse_their_own
          FOREIGN KEY (khata_id, reverses_id) REFERENCES khata_transactions (khata_id, id),
        DROP CONSTRAINT khata_transactions_kind_known,
        ADD CONSTRAINT khata_transactions_kind_known CHECK (
          kind IN ('order', 'return', 'settlement', 'reversal')),
        DROP CONSTRAINT khata_transactions_name_their_order,
        ADD CONSTRAINT khata_transactions_name_their_order CHECK (
          kind = 'reversal' OR (kind = 'settlement') = (order_id IS NULL)),
        ADD CONSTRAINT khata_transactions_reversals_say_why CHECK (
          (kind = 'reversal') = (reverses_id IS NOT NULL)
          AND (kind <> 'reversal' OR coalesce(note, '') ~ '\\S'))`)
    this.schema.raw(`
      CREATE FUNCTION khata_reversals_undo() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        own khata_transactions;
        reversed khata_transactions;
      BEGIN
        SELECT * INTO own FROM khata_transactions WHERE id = NEW.transaction_id;
        IF own.kind <> 'reversal' THEN
          RETURN NULL;
        END IF;
        SELECT * INTO reversed FROM khata_transactions WHERE id = own.reverses_id;
        IF own.order_id IS DISTINCT FROM reversed.order_id OR reversed.kind = 'return' THEN
          RAISE EXCEPTION 'khata transaction % cannot be reversed so', reversed.id ${REFUSE};
        END IF;
        IF reversed.kind = 'order' THEN
          IF NOT EXISTS (SELECT FROM orders WHERE id = own.order_id AND state = 'delivered') OR EXISTS (
            SELECT FROM khata_entries JOIN khata_transactions AS t ON t.id = transaction_id
            WHERE order_id = own.order_id GROUP BY account HAVING sum(amount_paise) <> 0
          ) THEN
            RAISE EXCEPTION 'the charge of order % is not the owner''s to reverse so', own.order_id
              ${REFUSE};
          END IF;
        ELSIF EXISTS (
          SELECT FROM khata_entries WHERE transaction_id IN (own.id, reversed.id)
          GROUP BY account HAVING sum(amount_paise) <> 0
        ) THEN
          RAISE EXCEPTION 'khata transaction % is not undone by %', reversed.id, own.id ${REFUSE};
        END IF;
        RETURN NULL;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER khata_reversals_undo AFTER INSERT ON khata_entries
      FOR EACH ROW EXECUTE FUNCTION khata_reversals_undo()`)
  }

  /** Reversals are kept; without their kind they still correct the balance. */
  async down() {
    this.schema.raw('DROP FUNCTION khata_reversals_undo CASCADE')
    this.schema.raw(`
      ALTER TABLE khata_transactions
        DROP CONSTRAINT khata_transactions_reversals_say_why,
        DROP CONSTRAINT khata_transactions_reverse_their_own,
        DROP CONSTRAINT khata_transactions_reversed_once,
        DROP CONSTRAINT khata_transactions_within_khata,
        DROP CONSTRAINT khata_transactions_name_their_order,
        DROP CONSTRAINT khata_transactions_kind_known,
        ADD CONSTRAINT khata_transactions_kind_known CHECK (
          kind IN ('order', 'return', 'settlement')) NOT VALID,
        ADD CONSTRAINT khata_transactions_name_their_order CHECK (
          (kind = 'settlement') = (order_id IS NULL)) NOT VALID,
        DROP reverses_id`)
  }
}
