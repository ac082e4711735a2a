import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * An order is charged once, and no more than its charge can be taken off. All entries of a transaction are
 * inserted by one statement and checked at its end, because knex does not report errors of COMMIT to the caller.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE UNIQUE INDEX khata_transactions_order_unique ON khata_transactions (order_id)
      WHERE kind = 'order'`)
    this.schema.raw('CREATE INDEX khata_transactions_order_index ON khata_transactions (order_id)')
    this.schema.raw(`
      CREATE FUNCTION khata_returns_what_was_taken() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (
          SELECT sum(amount_paise) FROM khata_entries
          JOIN khata_transactions AS t ON t.id = transaction_id
          WHERE account = 'khata' AND order_id = (
            SELECT order_id FROM khata_transactions WHERE id = NEW.transaction_id)
        ) < 0 THEN
          RAISE EXCEPTION 'khata transaction % takes off more than the order came to', NEW.transaction_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'khata_returns_what_was_taken';
        END IF;
        RETURN NULL;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER khata_returns_what_was_taken AFTER INSERT ON khata_entries
      FOR EACH ROW WHEN (NEW.account = 'khata' AND NEW.amount_paise < 0)
      EXECUTE FUNCTION khata_returns_what_was_taken()`)
    this.schema.raw('DROP TRIGGER khata_entries_balance ON khata_entries')
    this.schema.raw(`
      CREATE TRIGGER khata_entries_balance AFTER INSERT ON khata_entries
      FOR EACH ROW EXECUTE FUNCTION khata_entries_balance()`)
  }

  async down() {
    this.schema.raw('DROP FUNCTION khata_returns_what_was_taken CASCADE')
    this.schema.raw('DROP INDEX khata_transactions_order_index')
    this.schema.raw('DROP INDEX khata_transactions_order_unique')
    this.schema.raw('DROP TRIGGER khata_entries_balance ON khata_entries')
    this.schema.raw(`
      CREATE CONSTRAINT TRIGGER khata_entries_balance AFTER INSERT ON khata_entries
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION khata_entries_balance()`)
  }
}
