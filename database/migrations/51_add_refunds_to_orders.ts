import { BaseSchema } from '@adonisjs/lucid/schema'

const ENDED = `('delivered', 'declined', 'cancelled')`

/** Payments exceeding the order's current total. */
const TOO_MUCH = `paid_paise - refunded_paise >
  CASE WHEN state IN ('declined', 'cancelled') THEN 0 ELSE total_paise END`

const guard = (payments: string) => `
  CREATE OR REPLACE FUNCTION orders_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> OLD.state AND (NEW.fulfilment, OLD.state, NEW.state) NOT IN (
      SELECT fulfilment, from_state, to_state
      FROM (VALUES
        ('any', 'placed', 'accepted'),
        ('any', 'placed', 'declined'),
        ('any', 'placed', 'cancelled'),
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
      AND (OLD.payment_state, NEW.payment_state) NOT IN (VALUES ${payments})
    THEN
      RAISE EXCEPTION 'payment of order % cannot go from % to %',
        OLD.number, OLD.payment_state, NEW.payment_state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_payment_transition';
    END IF;
    RETURN NEW;
  END $$`

const PAYMENTS = `
  ('due', 'claimed'), ('claimed', 'due'), ('due', 'confirmed'), ('claimed', 'confirmed')`

/**
 * Payments for a cancelled order or a missing item must be refunded. The state follows from the amounts, and
 * constraints enforce it: no order can be cancelled, and no total reduced, without the refund becoming due.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(
      guard(`${PAYMENTS},
        ('due', 'refund_due'), ('claimed', 'refund_due'), ('confirmed', 'refund_due'),
        ('refund_due', 'due'), ('refund_due', 'refunded'), ('refunded', 'refund_due')`)
    )
    this.schema.raw(`
      ALTER TABLE orders
        ADD paid_paise bigint NOT NULL DEFAULT 0,
        ADD refunded_paise bigint NOT NULL DEFAULT 0,
        ADD payment_received boolean NOT NULL DEFAULT false,
        DROP CONSTRAINT orders_payment_state_known,
        ADD CONSTRAINT orders_payment_state_known CHECK (
          payment_state IN ('due', 'claimed', 'confirmed', 'refund_due', 'refunded', 'on_khata'))`)
    this.schema.raw(`
      UPDATE orders SET
        paid_paise = total_paise,
        payment_received = payment_state = 'confirmed',
        payment_state = CASE
          WHEN state IN ('declined', 'cancelled') THEN 'refund_due' ELSE payment_state END
      WHERE payment_state IN ('claimed', 'confirmed')`)
    this.schema.raw(`
      ALTER TABLE orders
        ADD CONSTRAINT orders_paid_when_said CHECK (
          paid_paise >= 0 AND (payment_state IN ('due', 'on_khata')) = (paid_paise = 0)),
        ADD CONSTRAINT orders_received_when_said CHECK (
          CASE payment_state
            WHEN 'refund_due' THEN true
            ELSE payment_received = (payment_state IN ('confirmed', 'refunded'))
          END),
        ADD CONSTRAINT orders_refunded_in_range CHECK (
          refunded_paise BETWEEN 0 AND paid_paise
          AND (payment_state = 'refunded') <= (refunded_paise > 0)),
        ADD CONSTRAINT orders_refund_due_when_too_much CHECK (
          (payment_state = 'refund_due') = (${TOO_MUCH})),
        DROP CONSTRAINT orders_open_have_a_shop`)
    /** Except orders whose shop was deleted before refunds existed. */
    this.schema.raw(`
      ALTER TABLE orders ADD CONSTRAINT orders_open_have_a_shop CHECK (
        shop_id IS NOT NULL OR (state IN ${ENDED} AND payment_state <> 'refund_due')) NOT VALID`)
    this.schema.raw(`
      CREATE INDEX orders_refund_due_index ON orders (shop_id, id)
      WHERE payment_state = 'refund_due'`)
    this.schema.raw(`
      CREATE FUNCTION orders_guard_money() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.refunded_paise <> OLD.refunded_paise
          AND (OLD.payment_state, NEW.payment_state) <> ('refund_due', 'refunded')
          OR OLD.payment_received AND NOT NEW.payment_received
        THEN
          RAISE EXCEPTION 'what was paid and given back for order % stays', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_money_stays';
        END IF;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER orders_guard_money BEFORE UPDATE OF refunded_paise, payment_received ON orders
      FOR EACH ROW EXECUTE FUNCTION orders_guard_money()`)
    this.schema.alterTable('order_events', (table) => {
      table.bigInteger('amount_paise')
    })
  }

  async down() {
    this.schema.raw('DROP FUNCTION orders_guard_money CASCADE')
    this.schema.alterTable('order_events', (table) => {
      table.dropColumn('amount_paise')
    })
    this.schema.raw('ALTER TABLE orders DISABLE TRIGGER orders_guard')
    this.schema.raw(`
      ALTER TABLE orders
        DROP CONSTRAINT orders_open_have_a_shop,
        DROP CONSTRAINT orders_refund_due_when_too_much,
        DROP CONSTRAINT orders_refunded_in_range,
        DROP CONSTRAINT orders_received_when_said,
        DROP CONSTRAINT orders_paid_when_said`)
    this.schema.raw(`
      UPDATE orders SET payment_state = CASE WHEN payment_received THEN 'confirmed' ELSE 'claimed' END
      WHERE payment_state IN ('refund_due', 'refunded')`)
    this.schema.raw('ALTER TABLE orders ENABLE TRIGGER orders_guard')
    this.schema.raw(guard(PAYMENTS))
    this.schema.raw(`
      ALTER TABLE orders
        DROP paid_paise, DROP refunded_paise, DROP payment_received,
        DROP CONSTRAINT orders_payment_state_known,
        ADD CONSTRAINT orders_payment_state_known CHECK (
          payment_state IN ('due', 'claimed', 'confirmed', 'on_khata')),
        ADD CONSTRAINT orders_open_have_a_shop CHECK (shop_id IS NOT NULL OR state IN ${ENDED})`)
  }
}
