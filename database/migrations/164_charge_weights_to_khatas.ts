import { BaseSchema } from '@adonisjs/lucid/schema'

const REFUSE = `USING ERRCODE = 'check_violation', CONSTRAINT = 'khata_reversals_undo'`

const guard = (kinds: string) => `
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
  END $$`

/**
 * An order is charged to a khata once. What it costs more or less by weight is a line of its own, which is reversed with
 * the order.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE khata_transactions
        DROP CONSTRAINT khata_transactions_kind_known,
        ADD CONSTRAINT khata_transactions_kind_known CHECK (
          kind IN ('order', 'weight', 'return', 'settlement', 'reversal'))`)
    this.schema.raw(guard(`'return', 'weight'`))
  }

  /** Lines of weights are kept, as what was taken off their order; they still correct the balance. */
  async down() {
    this.schema.raw(guard(`'return'`))
    this.schema.raw(`
      ALTER TABLE khata_transactions DISABLE TRIGGER khata_is_written_once;
      UPDATE khata_transactions SET kind = 'return' WHERE kind = 'weight';
      ALTER TABLE khata_transactions ENABLE TRIGGER khata_is_written_once;
      ALTER TABLE khata_transactions
        DROP CONSTRAINT khata_transactions_kind_known,
        ADD CONSTRAINT khata_transactions_kind_known CHECK (
          kind IN ('order', 'return', 'settlement', 'reversal'))`)
  }
}
