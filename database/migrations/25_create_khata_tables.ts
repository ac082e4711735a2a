import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Credit of a shop for a customer, in double-entry bookkeeping: each transaction moves paise between accounts, so
 * its entries add up to zero; entries are immutable. A customer's balance is the sum of the entries of account
 * `khata`.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('khatas', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('shop_id').notNullable().references('shops.id')
      table.uuid('customer_id').notNullable().references('users.id').index()
      table.integer('limit_paise').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.unique(['shop_id', 'customer_id'], { indexName: 'khatas_shop_customer_unique' })
      table.check('limit_paise BETWEEN 0 AND 1000000000', [], 'khatas_limit_in_range')
    })
    this.schema.createTable('khata_transactions', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('khata_id').notNullable().references('khatas.id').index()
      table.uuid('order_id').references('orders.id')
      table.uuid('actor_id').notNullable().references('users.id')
      table.text('kind').notNullable()
      table.text('note')
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.check(`kind IN ('order', 'return', 'settlement')`, [], 'khata_transactions_kind_known')
      table.check(
        `(kind = 'settlement') = (order_id IS NULL)`,
        [],
        'khata_transactions_name_their_order'
      )
    })
    this.schema.createTable('khata_entries', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('transaction_id').notNullable().references('khata_transactions.id').index()
      table.text('account').notNullable()
      table.bigInteger('amount_paise').notNullable()
      table.check(`account IN ('khata', 'sales', 'cash', 'upi')`, [], 'khata_entries_account_known')
      table.check('amount_paise <> 0', [], 'khata_entries_amount_not_zero')
    })
    this.schema.raw(`
      CREATE FUNCTION khata_entries_balance() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT sum(amount_paise) FROM khata_entries WHERE transaction_id = NEW.transaction_id) <> 0
        THEN
          RAISE EXCEPTION 'khata transaction % does not add up to zero', NEW.transaction_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'khata_entries_balance';
        END IF;
        RETURN NULL;
      END $$`)
    this.schema.raw(`
      CREATE CONSTRAINT TRIGGER khata_entries_balance AFTER INSERT ON khata_entries
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION khata_entries_balance()`)
    this.schema.raw(`
      CREATE FUNCTION khata_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what is written in a khata stays'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'khata_is_written_once';
      END $$`)
    for (const table of ['khata_transactions', 'khata_entries']) {
      this.schema.raw(`
        CREATE TRIGGER khata_is_written_once BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION khata_is_written_once()`)
    }
  }

  async down() {
    for (const table of ['khata_entries', 'khata_transactions', 'khatas']) {
      this.schema.dropTable(table)
    }
    this.schema.raw('DROP FUNCTION khata_entries_balance')
    this.schema.raw('DROP FUNCTION khata_is_written_once')
  }
}
