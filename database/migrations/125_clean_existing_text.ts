import { BaseSchema } from '@adonisjs/lucid/schema'

/** Columns with typed text, by table: their greatest length, if they have one. */
const NEEDED: Record<string, Record<string, number | null>> = {
  users: { full_name: null, address: null },
  shops: { name: 120, city: 80 },
  products: { name: 120, unit: 40 },
  orders: { shop_name: null, customer_name: null, address: null },
  order_items: { name: null, unit: null },
  order_events: { reason: null },
  khata_transactions: { note: null },
  cart_lines: { name: null, unit: null, shop_name: null, shop_city: null },
}

/** The same, for columns that may be empty. */
const OPTIONAL: typeof NEEDED = {
  products: { name_hi: 120, brand: 60 },
  orders: { note: null, payment_reference: null },
  order_items: { name_hi: null },
  cart_lines: { name_hi: null },
}

/** Usernames are kept apart below. */
const CHECKED: Record<string, string[]> = {
  ...Object.fromEntries(
    Object.keys(NEEDED).map((table) => [
      table,
      [...Object.keys(NEEDED[table]), ...Object.keys(OPTIONAL[table] ?? {})],
    ])
  ),
  khata_invitations: ['username'],
}
CHECKED.users.push('username')

/** Their triggers refuse every change. */
const WRITTEN_ONCE = {
  khata_transactions: 'khata_is_written_once',
  khata_invitations: 'khata_invitations_guard',
}

/** Some letters take more room when they are decomposed. */
function cut(column: string, longest: number | null) {
  return longest ? `clean_text(left(clean_text(${column}), ${longest}))` : `clean_text(${column})`
}

function cleaning(table: string) {
  const needed = Object.entries(NEEDED[table]).map(([column, longest]) => {
    return [
      column,
      `CASE WHEN ${column} IS NOT NULL THEN coalesce(${cut(column, longest)}, '–') END`,
    ]
  })
  const optional = Object.entries(OPTIONAL[table] ?? {}).map(([column, longest]) => {
    return [column, cut(column, longest)]
  })
  const columns = [...needed, ...optional]
  return `
    UPDATE ${table} SET ${columns.map(([column, value]) => `${column} = ${value}`).join(', ')}
    WHERE ${columns.map(([column]) => isUnclean(column)).join(' OR ')}`
}

const isUnclean = (column: string) => `${column}::text IS DISTINCT FROM clean_text(${column}::text)`
const isClean = (column: string) =>
  `${column}::text IS NOT DISTINCT FROM clean_text(${column}::text)`

/** The older of two products keeps the name. */
const RENAME_PRODUCTS = `
  CREATE TEMPORARY TABLE named ON COMMIT DROP AS
    SELECT * FROM (
      SELECT id, shop_id, name, row_number() OVER (
        PARTITION BY shop_id, name_key(name) ORDER BY created_at, id
      ) AS place FROM products
    ) AS ranked WHERE place > 1;
  CREATE TEMPORARY TABLE taken ON COMMIT DROP AS
    SELECT shop_id, name_key(name) AS key FROM products
    WHERE shop_id IN (SELECT shop_id FROM named);
  CREATE INDEX ON taken (shop_id, key);
  DO $$
  DECLARE
    product record;
    number integer;
    other text;
  BEGIN
    FOR product IN SELECT * FROM named ORDER BY shop_id, place, id
    LOOP
      number := 1;
      LOOP
        number := number + 1;
        other := clean_text(left(product.name, 110)) || ' (' || number || ')';
        EXIT WHEN NOT EXISTS (
          SELECT FROM taken WHERE shop_id = product.shop_id AND key = name_key(other)
        );
      END LOOP;
      INSERT INTO taken VALUES (product.shop_id, name_key(other));
      INSERT INTO renamed (product_id, name_before, name_after) VALUES (product.id, product.name, other);
      UPDATE products SET name = other WHERE id = product.id;
    END LOOP;
  END $$`

/** Of two accounts, the one that has a clean name keeps it. */
const RENAME_ACCOUNTS = `
  DO $$
  DECLARE
    account record;
    number integer;
    wanted text;
    other text;
  BEGIN
    FOR account IN
      SELECT id, username::text FROM users WHERE ${isUnclean('username')} ORDER BY created_at, id
    LOOP
      number := 1;
      wanted := coalesce(clean_text(account.username), '-');
      other := wanted;
      WHILE EXISTS (SELECT FROM users WHERE username = other::citext) LOOP
        number := number + 1;
        other := wanted || '-' || number;
      END LOOP;
      INSERT INTO renamed (user_id, name_before, name_after) VALUES (account.id, account.username, other);
      UPDATE users SET username = other WHERE id = account.id;
    END LOOP;
  END $$`

/** Of two open invitations of a person, the older one stays open. */
const CLEAN_INVITATIONS = `
  UPDATE khata_invitations SET state = 'withdrawn', answered_at = now() WHERE id IN (
    SELECT id FROM (
      SELECT id, row_number() OVER (
        PARTITION BY shop_id, clean_text(username::text)::citext ORDER BY created_at, id
      ) AS place
      FROM khata_invitations WHERE state = 'waiting' AND username IS NOT NULL
    ) AS ranked WHERE place > 1
  );
  UPDATE khata_invitations SET username = coalesce(clean_text(username::text), '–')
  WHERE ${isUnclean('username')}`

/**
 * Cleans all stored text and keeps it clean. Products whose names are then the same are told apart by a number;
 * `renamed` lists them. All other changes are of what nobody sees.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('renamed', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('product_id').references('products.id').onDelete('CASCADE').index()
      table.uuid('user_id').references('users.id').onDelete('CASCADE').index()
      table.text('name_before').notNullable()
      table.text('name_after').notNullable()
    })
    for (const [table, trigger] of Object.entries(WRITTEN_ONCE)) {
      this.schema.raw(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`)
    }
    this.schema.raw('DROP INDEX products_shop_id_name_unique')
    for (const table of Object.keys(NEEDED)) this.schema.raw(cleaning(table))
    this.schema.raw(RENAME_PRODUCTS)
    this.schema.raw(RENAME_ACCOUNTS)
    this.schema.raw(CLEAN_INVITATIONS)
    for (const [table, trigger] of Object.entries(WRITTEN_ONCE)) {
      this.schema.raw(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`)
    }
    this.schema.raw(
      'CREATE UNIQUE INDEX products_shop_id_name_unique ON products (shop_id, name_key(name))'
    )
    for (const [table, columns] of Object.entries(CHECKED)) {
      this.schema.raw(`
        ALTER TABLE ${table} ADD CONSTRAINT ${table}_texts_clean
        CHECK (${columns.map(isClean).join(' AND ')})`)
    }
  }

  async down() {
    for (const table of Object.keys(CHECKED)) {
      this.schema.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_texts_clean`)
    }
    this.schema.raw('DROP INDEX products_shop_id_name_unique')
    this.schema.raw(
      'CREATE UNIQUE INDEX products_shop_id_name_unique ON products (shop_id, lower(name))'
    )
    this.schema.dropTable('renamed')
  }
}
