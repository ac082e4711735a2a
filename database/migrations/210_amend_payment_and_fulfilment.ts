import { BaseSchema } from '@adonisjs/lucid/schema'

const OTHER_PAYMENT = 'IF NEW.payment_state <> OLD.payment_state'

/** From and to the khata, until the shop accepts the order. */
const UNLESS_AMENDED = `${OTHER_PAYMENT}
      AND NOT (OLD.state = 'placed' AND NEW.state = 'placed'
        AND (OLD.payment_state, NEW.payment_state) IN (('due', 'on_khata'), ('on_khata', 'due')))`

/** Replaces this in a function whose other text stays. */
const guarded = (before: string, after: string) => `
  DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('orders_guard'::regproc), $q$${before}$q$, $q$${after}$q$);
  END $do$;`

/**
 * A customer changes how a placed order is paid, and whether it is delivered. Afterwards both stay as they were accepted.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ${guarded(OTHER_PAYMENT, UNLESS_AMENDED)}

      CREATE FUNCTION orders_guard_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'order % is as it was accepted', OLD.number
          USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_amended_until_accepted';
      END $$;
      CREATE TRIGGER orders_guard_amendment BEFORE UPDATE OF fulfilment, payment_method ON orders
        FOR EACH ROW WHEN ((NEW.fulfilment, NEW.payment_method) IS DISTINCT FROM (OLD.fulfilment, OLD.payment_method)
          AND NOT (OLD.state = 'placed' AND NEW.state = 'placed'))
        EXECUTE FUNCTION orders_guard_amendment();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP FUNCTION orders_guard_amendment() CASCADE;
      ${guarded(UNLESS_AMENDED, OTHER_PAYMENT)}
    `)
  }
}
