import { BaseSchema } from '@adonisjs/lucid/schema'

const CART = `data::jsonb #> '{message,cart}'`
const DIGEST = `encode(sha256(convert_to(sessions.id, 'UTF8')), 'hex')`

/** Carts of several sessions of a user become one: quantities add up. */
const MOVE = `
  CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
    SELECT id AS session_id, user_id, uuidv7() AS cart_id, ${DIGEST} AS digest, ${CART} AS items
    FROM sessions
    WHERE data LIKE '%"cart"%' AND jsonb_typeof(${CART}) = 'array' AND ${CART} <> '[]';

  INSERT INTO carts (id, user_id)
    SELECT DISTINCT ON (coalesce(user_id::text, session_id)) cart_id, user_id FROM moved;
  UPDATE moved SET cart_id = carts.id FROM carts WHERE carts.user_id = moved.user_id;
  INSERT INTO cart_tokens (hash, cart_id) SELECT digest, cart_id FROM moved WHERE user_id IS NULL;

  INSERT INTO cart_lines (cart_id, product_id, line, quantity, price_paise, name, name_hi, unit,
    shop_id, shop_name, shop_city)
  SELECT cart_id, (item ->> 'productId')::uuid, coalesce(item ->> 'line', item ->> 'productId')::uuid,
    least(quantity, 99), (item ->> 'pricePaise')::int, item ->> 'name', item ->> 'nameHi', item ->> 'unit',
    (item #>> '{shop,id}')::uuid, item #>> '{shop,name}', item #>> '{shop,city}'
  FROM (
    SELECT DISTINCT ON (cart_id, item ->> 'productId') cart_id, session_id, place, item,
      sum((item ->> 'quantity')::int) OVER (PARTITION BY cart_id, item ->> 'productId') AS quantity
    FROM moved, jsonb_array_elements(items) WITH ORDINALITY AS listed (item, place)
    ORDER BY cart_id, item ->> 'productId', session_id, place
  ) AS lines
  ORDER BY cart_id, session_id, place;

  UPDATE sessions SET data = CASE
      WHEN user_id IS NULL THEN jsonb_set(data::jsonb, '{message,cart}', 'true')
      ELSE data::jsonb #- '{message,cart}'
    END::text
  WHERE data LIKE '%"cart"%' AND ${CART} IS NOT NULL;`

const MOVE_BACK = `
  UPDATE sessions SET data = jsonb_set(data::jsonb, '{message,cart}', items)::text
  FROM (
    SELECT sessions.id, jsonb_agg(jsonb_build_object(
      'productId', product_id, 'line', line, 'quantity', quantity, 'pricePaise', price_paise,
      'name', name, 'nameHi', name_hi, 'unit', unit,
      'shop', jsonb_build_object('id', shop_id, 'name', shop_name, 'city', shop_city)
    ) ORDER BY added) AS items
    FROM sessions
    LEFT JOIN cart_tokens ON hash = ${DIGEST}
    JOIN carts ON carts.user_id = sessions.user_id OR carts.id = cart_tokens.cart_id
    JOIN cart_lines ON cart_lines.cart_id = carts.id
    GROUP BY sessions.id
  ) AS found
  WHERE sessions.id = found.id;
  UPDATE sessions SET data = (data::jsonb #- '{message,cart}')::text WHERE ${CART} = 'true';
  DELETE FROM carts;`

/**
 * A user's cart goes to the account. A guest's cart is found by the session id, which counts as a token of the
 * cart while the session says so (`cart: true`).
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(MOVE)
    this.schema.alterTable('left_sessions', (table) => table.dropColumn('cart'))
  }

  async down() {
    this.schema.alterTable('left_sessions', (table) => {
      table.jsonb('cart').notNullable().defaultTo('[]')
    })
    this.schema.raw(MOVE_BACK)
  }
}
