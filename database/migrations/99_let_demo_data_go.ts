import { BaseSchema } from '@adonisjs/lucid/schema'

const writtenOnce = (exception: string) => `
  CREATE OR REPLACE FUNCTION khata_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    written_in uuid;
  BEGIN
    ${exception}
    RAISE EXCEPTION 'what is written in a khata stays'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'khata_is_written_once';
  END $$`

const AMONG_DEMO_ACCOUNTS = `
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
        JOIN users AS customer ON customer.id = customer_id
        WHERE khatas.id = written_in AND owner.is_demo AND customer.is_demo
      ) THEN
        RETURN OLD;
      END IF;
    END IF;`

/**
 * Allows demo data to be removed: khata entries stay, except between two demo accounts. The removal is recorded,
 * so that a later start does not seed again while nobody has registered.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(writtenOnce(AMONG_DEMO_ACCOUNTS))
    this.schema.createTable('demo_removals', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.timestamp('removed_at', { useTz: true }).notNullable().defaultTo(this.now())
    })
  }

  async down() {
    this.schema.dropTable('demo_removals')
    this.schema.raw(writtenOnce(''))
  }
}
