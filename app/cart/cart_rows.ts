import type { Database } from '@adonisjs/lucid/database'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { CartItem } from '#cart/cart_item'
import { STANDS, type LockedCarts } from '#cart/cart_locks'

type Client = TransactionClientContract

export type RawQueryClient = Pick<Database, 'rawQuery'> | Pick<Client, 'rawQuery'>

type Row = CartItem & { cartId: string }

const ITEM = `product_id AS "productId", line, quantity,
  price_paise AS "pricePaise", name, name_hi AS "nameHi", unit,
  measure, sold_as AS "soldAs", net_quantity AS "netQuantity",
  json_build_object('id', shop_id, 'name', shop_name, 'city', shop_city) AS shop`

/** The items of these carts, in the order of the ids. */
export async function itemsOf(ids: string[], client: Client): Promise<CartItem[][]> {
  const { rows } = await client.rawQuery(
    `SELECT cart_id AS "cartId", ${ITEM} FROM cart_lines WHERE cart_id = ANY(cast(? AS uuid[])) ORDER BY added`,
    [ids]
  )
  return ids.map((id) => toItems(rows.filter(({ cartId }: { cartId: string }) => cartId === id)))
}

export interface FoundCart {
  id: string
  items: readonly CartItem[]
}

const FIND = `
  SELECT carts.id AS "cartId", ${ITEM} FROM carts LEFT JOIN cart_lines ON cart_id = carts.id
  WHERE`

/** The account's cart; null when it has none yet. */
export async function ownItems(userId: string, db: RawQueryClient) {
  return toCart((await db.rawQuery(`${FIND} user_id = ? ORDER BY added`, [userId])).rows)
}

/** The guest's cart that a token leads to. */
export async function tokenItems(digest: string, db: RawQueryClient) {
  const led = `carts.id = (SELECT cart_id FROM cart_tokens WHERE hash = ?) AND ${STANDS}`
  return toCart((await db.rawQuery(`${FIND} ${led} ORDER BY added`, [digest])).rows)
}

/** Begins a guest's cart. */
export async function beginCart(client: Client): Promise<string> {
  const { rows } = await client.rawQuery('INSERT INTO carts DEFAULT VALUES RETURNING id')
  return rows[0].id
}

export async function addToken(digest: string, cartId: string, client: Client) {
  await client.rawQuery('INSERT INTO cart_tokens (hash, cart_id) VALUES (?, ?)', [digest, cartId])
}

/** Writes what changed. */
export async function saveItems(
  cartId: string,
  before: readonly CartItem[],
  after: readonly CartItem[],
  client: Client
) {
  const kept = new Set(after.map(({ productId }) => productId))
  const gone = before.map(({ productId }) => productId).filter((id) => !kept.has(id))
  const written = after.filter((item) => !before.includes(item))
  if (gone.length > 0) {
    await client.rawQuery(
      'DELETE FROM cart_lines WHERE cart_id = ? AND product_id = ANY(cast(? AS uuid[]))',
      [cartId, gone]
    )
  }
  if (written.length > 0) await client.rawQuery(WRITE, [cartId, JSON.stringify(written)])
}

const WRITE = `
  INSERT INTO cart_lines (cart_id, product_id, line, quantity, price_paise, name, name_hi, unit,
    measure, sold_as, net_quantity, shop_id, shop_name, shop_city)
  SELECT ?, "productId", line, quantity, "pricePaise", name, "nameHi", unit,
    measure, "soldAs", "netQuantity", (shop ->> 'id')::uuid, shop ->> 'name', shop ->> 'city'
  FROM jsonb_to_recordset(?) AS item ("productId" uuid, line uuid, quantity int, "pricePaise" int,
    name text, "nameHi" text, unit text, measure text, "soldAs" text, "netQuantity" int, shop jsonb)
  ON CONFLICT (cart_id, product_id) DO UPDATE SET line = excluded.line, quantity = excluded.quantity,
    price_paise = excluded.price_paise, name = excluded.name, name_hi = excluded.name_hi,
    unit = excluded.unit, measure = excluded.measure, sold_as = excluded.sold_as,
    net_quantity = excluded.net_quantity`

/** A guest's cart is kept for some time after this. */
export async function noteUse(cartId: string, client: Client) {
  await client.rawQuery('UPDATE carts SET used_at = now() WHERE id = ?', [cartId])
}

/** Leads the tokens of joined carts to the one that is left. The account's cart has no tokens. */
export async function dropJoined({ main, others }: LockedCarts, ofUser: boolean, client: Client) {
  if (others.length === 0) return
  if (!ofUser) {
    await client.rawQuery(
      'UPDATE cart_tokens SET cart_id = ? WHERE cart_id = ANY(cast(? AS uuid[]))',
      [main!, others]
    )
  }
  await client.rawQuery('DELETE FROM carts WHERE id = ANY(cast(? AS uuid[]))', [others])
}

/** A login took these guests' carts: they are nobody's now, except for another login that crosses it. */
export async function leaveCarts(ids: string[], userId: string, client: Client) {
  await client.rawQuery(
    `UPDATE carts SET left_at = coalesce(left_at, now()), left_to = left_to || cast(? AS uuid)
     WHERE id = ANY(cast(? AS uuid[]))`,
    [userId, ids]
  )
}

/** What the user's logins took can be taken by nobody else. */
export async function forgetLeft(userId: string, client: Client) {
  await client.rawQuery(
    `DELETE FROM carts WHERE id IN (
       SELECT id FROM carts WHERE left_at IS NOT NULL AND ? = ANY(left_to) ORDER BY id FOR UPDATE
     )`,
    [userId]
  )
}

function toCart(rows: Row[]): FoundCart | null {
  if (rows.length === 0) return null
  return { id: rows[0].cartId, items: toItems(rows.filter(({ productId }) => productId !== null)) }
}

function toItems(rows: Row[]): CartItem[] {
  return rows.map(({ cartId, ...item }) => item)
}
