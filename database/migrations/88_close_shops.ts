import { BaseSchema } from '@adonisjs/lucid/schema'

/** Indexes for customers. They exclude closed shops, which therefore cost nothing. */
const INDEXES = {
  shops_name_index: { on: 'shops (name, id)', open: 'closed_at IS NULL' },
  shops_city_name_index: { on: 'shops (city, name, id)', open: 'closed_at IS NULL' },
  products_search: {
    on: 'products (search_key(name, name_hi), in_stock, price_paise, id)',
    open: 'shop_closed_at IS NULL',
  },
  products_search_in_city: {
    on: 'products (search_key(name, name_hi, shop_city), in_stock, price_paise, id)',
    open: 'shop_closed_at IS NULL',
  },
}

const copyShop = (columns: string, lock: string) => `
  CREATE OR REPLACE FUNCTION products_copy_shop() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    SELECT ${columns.replaceAll(/\w+/g, 'shops.$&')} INTO ${columns.replaceAll(/\w+/g, 'NEW.shop_$&')}
    FROM shops WHERE id = NEW.shop_id ${lock};
    RETURN NEW;
  END $$`

const copyToProducts = (columns: string[]) => `
  CREATE OR REPLACE FUNCTION shops_copy_to_products() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE products SET ${columns.map((column) => `shop_${column} = NEW.${column}`).join(', ')}
    WHERE shop_id = NEW.id;
    RETURN NULL;
  END $$`

/**
 * `shop_closed_at` is denormalised into products, like `shop_name` and `shop_city`: the change feed then announces
 * each product, whose row tells a search index that it is not for sale. A product added while its shop is being
 * closed or renamed waits for that, then copies the result.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE shops ADD COLUMN closed_at timestamptz')
    this.schema.raw('ALTER TABLE products ADD COLUMN shop_closed_at timestamptz')
    this.schema.raw(copyShop('name, city, closed_at', 'FOR SHARE'))
    this.schema.raw(copyToProducts(['name', 'city', 'closed_at']))
    this.#copy(['name', 'city', 'closed_at'])
    for (const [name, { on, open }] of Object.entries(INDEXES)) {
      this.#index(name, `${on} WHERE ${open}`)
    }
  }

  async down() {
    for (const [name, { on }] of Object.entries(INDEXES)) this.#index(name, on)
    this.schema.raw(copyShop('name, city', ''))
    this.schema.raw(copyToProducts(['name', 'city']))
    this.#copy(['name', 'city'])
    this.schema.raw('ALTER TABLE products DROP COLUMN shop_closed_at')
    this.schema.raw('ALTER TABLE shops DROP COLUMN closed_at')
  }

  #copy(columns: string[]) {
    const changed = columns.map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`)
    this.schema.raw('DROP TRIGGER products_copy_shop ON products')
    this.schema.raw(`
      CREATE TRIGGER products_copy_shop
      BEFORE INSERT OR UPDATE OF shop_id, ${columns.map((column) => `shop_${column}`).join(', ')}
      ON products FOR EACH ROW EXECUTE FUNCTION products_copy_shop()`)
    this.schema.raw('DROP TRIGGER shops_copy_to_products ON shops')
    this.schema.raw(`
      CREATE TRIGGER shops_copy_to_products AFTER UPDATE OF ${columns.join(', ')} ON shops
      FOR EACH ROW WHEN (${changed.join(' OR ')}) EXECUTE FUNCTION shops_copy_to_products()`)
  }

  #index(name: string, on: string) {
    this.schema.raw(`DROP INDEX ${name}`)
    this.schema.raw(`CREATE INDEX ${name} ON ${on}`)
  }
}
