import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The database rejects invalid order transitions, however an order is updated. `app/models/order_state.ts` has the
 * same lists; a test compares them.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION orders_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
        IF NEW.payment_state <> OLD.payment_state AND (OLD.payment_state, NEW.payment_state) NOT IN (
          VALUES ('due', 'claimed'), ('claimed', 'due'), ('due', 'confirmed'), ('claimed', 'confirmed')
        ) THEN
          RAISE EXCEPTION 'payment of order % cannot go from % to %',
            OLD.number, OLD.payment_state, NEW.payment_state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_payment_transition';
        END IF;
        RETURN NEW;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER orders_guard BEFORE UPDATE OF state, payment_state, fulfilment ON orders
      FOR EACH ROW EXECUTE FUNCTION orders_guard()`)
    this.schema.raw(`
      CREATE FUNCTION orders_begin_placed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'an order begins as placed, not as %', NEW.state
          USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_transition';
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER orders_begin_placed BEFORE INSERT ON orders
      FOR EACH ROW WHEN (NEW.state <> 'placed' OR NEW.payment_state NOT IN ('due', 'on_khata'))
      EXECUTE FUNCTION orders_begin_placed()`)
  }

  async down() {
    this.schema.raw('DROP FUNCTION orders_guard CASCADE')
    this.schema.raw('DROP FUNCTION orders_begin_placed CASCADE')
  }
}
