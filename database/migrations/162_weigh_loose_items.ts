import { BaseSchema } from '@adonisjs/lucid/schema'

const REFUSE = `USING ERRCODE = 'check_violation', CONSTRAINT =`

const ENDED_UNDELIVERED = `('declined', 'cancelled', 'expired')`

/**
 * A loose item is charged for what the scale said when it was packed: within the tolerance that the customer agreed to
 * at checkout, or what they answered to. Amounts change only until the order is packed, and what was paid is never
 * charged above.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE orders
        ADD packing_tolerance_percent integer NOT NULL DEFAULT 0,
        ADD CONSTRAINT orders_tolerance_in_range CHECK (packing_tolerance_percent BETWEEN 0 AND 50),
        ADD CONSTRAINT orders_charged_at_most_paid CHECK (
          paid_paise = 0 OR state IN ${ENDED_UNDELIVERED} OR total_paise <= paid_paise - refunded_paise)`)
    this.schema.raw(`
      CREATE FUNCTION order_items_guard_weight() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        now_is text;
        tolerance bigint;
        is_weighed boolean := NEW.packed_quantity IS DISTINCT FROM OLD.packed_quantity;
        is_asked boolean := NEW.asked_quantity <> coalesce(OLD.asked_quantity, 0);
      BEGIN
        SELECT state, packing_tolerance_percent INTO now_is, tolerance FROM orders WHERE id = NEW.order_id;
        IF (is_weighed OR is_asked) AND now_is <> 'accepted'
          OR NEW.amount_paise <> OLD.amount_paise AND now_is NOT IN ('placed', 'accepted')
        THEN
          RAISE EXCEPTION 'item % is not weighed while the order is %', NEW.id, now_is
            ${REFUSE} 'order_items_weighed_until_packed';
        END IF;
        IF is_weighed
          AND NEW.packed_quantity IS DISTINCT FROM OLD.asked_quantity
          AND (NEW.packed_quantity IS NULL
            OR abs(NEW.packed_quantity - NEW.quantity)::bigint * 100 > NEW.quantity * tolerance)
        THEN
          RAISE EXCEPTION 'the customer has not agreed to % of item %', NEW.packed_quantity, NEW.id
            ${REFUSE} 'order_items_weighed_by_consent';
        END IF;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER order_items_guard_weight
      BEFORE UPDATE OF packed_quantity, asked_quantity, amount_paise ON order_items
      FOR EACH ROW EXECUTE FUNCTION order_items_guard_weight()`)
    this.schema.raw(`
      CREATE FUNCTION orders_packed_when_answered() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (
          SELECT FROM order_items
          WHERE order_id = NEW.id AND available AND asked_quantity IS NOT NULL
        ) THEN
          RAISE EXCEPTION 'order % waits for an answer of its customer', NEW.number
            ${REFUSE} 'orders_packed_when_answered';
        END IF;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER orders_packed_when_answered BEFORE UPDATE OF state ON orders
      FOR EACH ROW WHEN (OLD.state = 'accepted' AND NEW.state = 'packed')
      EXECUTE FUNCTION orders_packed_when_answered()`)
  }

  async down() {
    this.schema.raw('DROP FUNCTION orders_packed_when_answered CASCADE')
    this.schema.raw('DROP FUNCTION order_items_guard_weight CASCADE')
    this.schema.raw(`
      ALTER TABLE orders DROP CONSTRAINT orders_charged_at_most_paid, DROP packing_tolerance_percent`)
  }
}
