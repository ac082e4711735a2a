import { BaseSchema } from '@adonisjs/lucid/schema'

/** From, to, of which orders. */
const STEPS = `
  ('any', 'placed', 'accepted'),
  ('any', 'accepted', 'packed'),
  ('delivery', 'packed', 'out_for_delivery'),
  ('delivery', 'out_for_delivery', 'delivered'),
  ('pickup', 'packed', 'delivered')`

const ENDS = `
  ('any', 'placed', 'declined'),
  ('any', 'placed', 'cancelled'),
  ('any', 'placed', 'expired'),
  ('any', 'accepted', 'cancelled'),
  ('any', 'packed', 'cancelled'),
  ('delivery', 'out_for_delivery', 'cancelled')`

const PAYMENTS = `
  ('due', 'claimed'), ('claimed', 'due'), ('due', 'confirmed'), ('claimed', 'confirmed'),
  ('due', 'refund_due'), ('claimed', 'refund_due'), ('confirmed', 'refund_due'),
  ('refund_due', 'due'), ('refund_due', 'refunded'), ('refunded', 'refund_due')`

/** What was due back was charged after all. */
const CHARGED_AFTER_ALL = `, ('refund_due', 'claimed'), ('refund_due', 'confirmed')`

const isIn = (transitions: string, from = 'OLD', to = 'NEW') => `EXISTS (
  SELECT 1 FROM (VALUES ${transitions}) AS allowed (applies_to, from_state, to_state)
  WHERE applies_to IN ('any', NEW.fulfilment)
    AND from_state = ${from}.state AND to_state = ${to}.state)`

const WITH_STEPS_BACK = `
  IF ${isIn(STEPS)} THEN
    NEW.stepped_at := clock_timestamp();
  ELSIF ${isIn(ENDS)} THEN
    NEW.stepped_at := NULL;
  ELSIF NEW.stepped_at IS NULL AND ${isIn(STEPS, 'NEW', 'OLD')} THEN
    IF OLD.stepped_at IS NULL OR OLD.stepped_at <= clock_timestamp() - interval '10 seconds' THEN
      RAISE EXCEPTION 'order % stays %', OLD.number, OLD.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_step_back_in_time';
    END IF;`

const guard = (payments: string) => `
  CREATE OR REPLACE FUNCTION orders_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> OLD.state THEN
      ${WITH_STEPS_BACK}
      ELSE
        RAISE EXCEPTION 'order % cannot go from % to %', OLD.number, OLD.state, NEW.state
          USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_transition';
      END IF;
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

/**
 * A refund that is due for a lower weight is due no more when the weight is corrected back before it was paid. The guard
 * is as before, with these payments.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(guard(`${PAYMENTS}${CHARGED_AFTER_ALL}`))
  }

  async down() {
    this.schema.raw(guard(PAYMENTS))
  }
}
