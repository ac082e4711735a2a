import { BaseSchema } from '@adonisjs/lucid/schema'

const OPEN = `state IN ('placed', 'accepted', 'packed', 'out_for_delivery')`
const STATES = [
  'placed',
  'accepted',
  'packed',
  'out_for_delivery',
  'delivered',
  'declined',
  'cancelled',
]
const RETURNED = ['declined', 'cancelled']

const list = (states: string[]) => states.map((state) => `'${state}'`).join(', ')

const guard = (more: string) => `
  CREATE OR REPLACE FUNCTION orders_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> OLD.state AND (NEW.fulfilment, OLD.state, NEW.state) NOT IN (
      SELECT fulfilment, from_state, to_state
      FROM (VALUES
        ('any', 'placed', 'accepted'),
        ('any', 'placed', 'declined'),
        ('any', 'placed', 'cancelled'),${more}
        ('any', 'accepted', 'packed'),
        ('any', 'accepted', 'cancelled'),
        ('any', 'packed', 'cancelled'),
        ('delivery', 'packed', 'out_for_delivery'),
        ('delivery', 'out_for_delivery', 'delivered'),
        ('delivery', 'out_for_delivery', 'cancelled'),
        ('pickup', 'packed', 'delivered')
      ) AS allowed (applies_to, from_state, to_state)
      JOIN (VALUES ('delivery'), ('pickup')) AS ways (fulfilment)
        ON applies_to IN ('any', ways.fulfilment)
    ) THEN
      RAISE EXCEPTION 'order % cannot go from % to %', OLD.number, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_transition';
    END IF;
    IF NEW.payment_state <> OLD.payment_state
      AND (OLD.payment_state, NEW.payment_state) NOT IN (VALUES
        ('due', 'claimed'), ('claimed', 'due'), ('due', 'confirmed'), ('claimed', 'confirmed'),
        ('due', 'refund_due'), ('claimed', 'refund_due'), ('confirmed', 'refund_due'),
        ('refund_due', 'due'), ('refund_due', 'refunded'), ('refunded', 'refund_due'))
    THEN
      RAISE EXCEPTION 'payment of order % cannot go from % to %',
        OLD.number, OLD.payment_state, NEW.payment_state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_payment_transition';
    END IF;
    RETURN NEW;
  END $$`

/** Constraints on the order states, with the states of orders that ended undelivered. */
const constraints = (states: string[], returned: string[]) => [
  `ALTER TABLE orders
    DROP CONSTRAINT orders_state_known,
    ADD CONSTRAINT orders_state_known CHECK (state IN (${list(states)})),
    DROP CONSTRAINT orders_refund_due_when_too_much,
    ADD CONSTRAINT orders_refund_due_when_too_much CHECK (
      (payment_state = 'refund_due') = (paid_paise - refunded_paise >
        CASE WHEN state IN (${list(returned)}) THEN 0 ELSE total_paise END))`,
  /** Except orders whose shop was deleted before refunds existed. */
  `ALTER TABLE orders
    DROP CONSTRAINT orders_open_have_a_shop,
    ADD CONSTRAINT orders_open_have_a_shop CHECK (
      shop_id IS NOT NULL
      OR (state IN (${list(['delivered', ...returned])}) AND payment_state <> 'refund_due')
    ) NOT VALID`,
]

/**
 * Orders not accepted in time get their own state, `expired`. `waiting_since` is by the database's clock; existing
 * orders wait from now on. Expiry has no actor, so khata lines of expired orders have none either.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(guard(`('any', 'placed', 'expired'),`))
    for (const sql of constraints([...STATES, 'expired'], [...RETURNED, 'expired'])) {
      this.schema.raw(sql)
    }
    this.schema.raw('DROP INDEX orders_open_index')
    this.schema.raw(
      `CREATE INDEX orders_open_index ON orders (shop_id, state, id) INCLUDE (number) WHERE ${OPEN}`
    )
    this.schema.raw('ALTER TABLE orders ADD waiting_since timestamptz NOT NULL DEFAULT now()')
    this.schema.raw(
      `CREATE INDEX orders_waiting_index ON orders (waiting_since) WHERE state = 'placed'`
    )
    this.schema.raw(`
      ALTER TABLE shop_settings ADD accept_within_minutes integer NOT NULL DEFAULT 120
        CONSTRAINT shop_settings_accept_within_in_range
        CHECK (accept_within_minutes BETWEEN 15 AND 1440)`)
    this.schema.raw('ALTER TABLE khata_transactions ALTER actor_id DROP NOT NULL')
  }

  async down() {
    this.schema.raw('ALTER TABLE khata_transactions DISABLE TRIGGER khata_is_written_once')
    this.schema.raw(`
      UPDATE khata_transactions AS t SET actor_id = owner_id
      FROM khatas JOIN shops ON shops.id = shop_id WHERE khatas.id = khata_id AND actor_id IS NULL`)
    this.schema.raw('ALTER TABLE khata_transactions ENABLE TRIGGER khata_is_written_once')
    this.schema.raw('ALTER TABLE khata_transactions ALTER actor_id SET NOT NULL')
    this.schema.raw('ALTER TABLE shop_settings DROP accept_within_minutes')
    this.schema.raw('ALTER TABLE orders DROP waiting_since')
    this.schema.raw('ALTER TABLE orders DISABLE TRIGGER orders_guard')
    this.schema.raw(`UPDATE orders SET state = 'declined' WHERE state = 'expired'`)
    this.schema.raw(`UPDATE order_events SET to_value = 'declined' WHERE to_value = 'expired'`)
    this.schema.raw('ALTER TABLE orders ENABLE TRIGGER orders_guard')
    this.schema.raw(guard(''))
    for (const sql of constraints(STATES, RETURNED)) this.schema.raw(sql)
    this.schema.raw('DROP INDEX orders_open_index')
    this.schema.raw(
      `CREATE INDEX orders_open_index ON orders (shop_id, state, id) INCLUDE (number)
       WHERE state NOT IN ('delivered', 'declined', 'cancelled')`
    )
  }
}
