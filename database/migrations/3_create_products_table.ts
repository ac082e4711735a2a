import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * `shop_name` and `shop_city` are denormalised by triggers, so that a product's row is a complete search document.
 * The replica identity includes the shop, so that the change event of a deleted product names its shop.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('products', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('shop_id').notNullable().references('shops.id').onDelete('CASCADE')
      table.text('name').notNullable()
      table.text('name_hi')
      table.text('category')
      table.text('unit').notNullable()
      table.integer('price_paise').notNullable()
      table.integer('stock').notNullable().defaultTo(0)
      table.text('shop_name').notNullable()
      table.text('shop_city').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.check('char_length(name) BETWEEN 1 AND 120', [], 'products_name_length')
      table.check('char_length(name_hi) BETWEEN 1 AND 120', [], 'products_name_hi_length')
      table.check('char_length(unit) BETWEEN 1 AND 40', [], 'products_unit_length')
      table.check('price_paise BETWEEN 1 AND 100000000', [], 'products_price_in_range')
      table.check('stock BETWEEN 0 AND 1000000', [], 'products_stock_in_range')
      table.unique(['shop_id', 'id'], { indexName: 'products_replica_identity' })
    })
    this.schema.raw(
      'CREATE UNIQUE INDEX products_shop_id_name_unique ON products (shop_id, lower(name))'
    )
    this.schema.raw('ALTER TABLE products REPLICA IDENTITY USING INDEX products_replica_identity')
    this.schema.raw(`
      CREATE FUNCTION products_copy_shop() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        SELECT name, city INTO NEW.shop_name, NEW.shop_city FROM shops WHERE id = NEW.shop_id;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER products_copy_shop BEFORE INSERT OR UPDATE OF shop_id, shop_name, shop_city
      ON products FOR EACH ROW EXECUTE FUNCTION products_copy_shop()`)
    this.schema.raw(`
      CREATE FUNCTION shops_copy_to_products() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE products SET shop_name = NEW.name, shop_city = NEW.city WHERE shop_id = NEW.id;
        RETURN NULL;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER shops_copy_to_products AFTER UPDATE OF name, city ON shops
      FOR EACH ROW WHEN (OLD.name <> NEW.name OR OLD.city <> NEW.city)
      EXECUTE FUNCTION shops_copy_to_products()`)
  }

  async down() {
    this.schema.raw('DROP FUNCTION IF EXISTS shops_copy_to_products CASCADE')
    this.schema.dropTable('products')
    this.schema.raw('DROP FUNCTION IF EXISTS products_copy_shop')
  }
}
