import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Marketplace-wide order numbers reveal every competitor's sales, so each shop counts its own orders. The
 * counter's row is locked until the commit, so there are no gaps. Existing orders keep their numbers.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('shop_order_numbers', (table) => {
      table.uuid('shop_id').primary().references('shops.id').onDelete('CASCADE')
      table.bigInteger('last').notNullable()
    })
    this.schema.raw(`
      LOCK TABLE orders IN EXCLUSIVE MODE;
      INSERT INTO shop_order_numbers (shop_id, last)
        SELECT shop_id, max(number) FROM orders WHERE shop_id IS NOT NULL GROUP BY shop_id;
      ALTER TABLE orders ALTER COLUMN number DROP IDENTITY;
      ALTER TABLE orders DROP CONSTRAINT orders_number_unique;
      ALTER TABLE orders ADD CONSTRAINT orders_shop_number_unique UNIQUE (shop_id, number);
      CREATE FUNCTION number_order() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO shop_order_numbers AS counted (shop_id, last) VALUES (NEW.shop_id, 1)
          ON CONFLICT (shop_id) DO UPDATE SET last = counted.last + 1
          RETURNING last INTO NEW.number;
        RETURN NEW;
      END $$;
      CREATE TRIGGER orders_number BEFORE INSERT ON orders
        FOR EACH ROW EXECUTE FUNCTION number_order();
    `)
  }

  /** Renumbers by age, because two shops may have used the same numbers by then. */
  async down() {
    this.schema.raw(`
      DROP TRIGGER orders_number ON orders;
      DROP FUNCTION number_order();
      ALTER TABLE orders DROP CONSTRAINT orders_shop_number_unique;
      UPDATE orders SET number = aged.number
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM orders) AS aged
        WHERE aged.id = orders.id;
      ALTER TABLE orders ADD CONSTRAINT orders_number_unique UNIQUE (number);
      ALTER TABLE orders ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY;
      SELECT setval(pg_get_serial_sequence('orders', 'number'), max(number)) FROM orders;
    `)
    this.schema.dropTable('shop_order_numbers')
  }
}
