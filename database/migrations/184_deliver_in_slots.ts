import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Weekly delivery slots. An order keeps its own times, so a slot can be changed. The trigger counts under a lock on the
 * slot: parallel checkouts cannot take more than its capacity together. Orders that end undelivered free their place.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE shop_slots (
        shop_id uuid NOT NULL REFERENCES shops ON DELETE CASCADE,
        weekday smallint NOT NULL CONSTRAINT shop_slots_weekday_known CHECK (weekday BETWEEN 1 AND 7),
        from_minute smallint NOT NULL CONSTRAINT shop_slots_from_in_day CHECK (from_minute BETWEEN 0 AND 1439),
        to_minute smallint NOT NULL,
        capacity smallint NOT NULL CONSTRAINT shop_slots_capacity_in_range CHECK (capacity BETWEEN 1 AND 500),
        cutoff_minutes smallint NOT NULL DEFAULT 0
          CONSTRAINT shop_slots_cutoff_in_range CHECK (cutoff_minutes BETWEEN 0 AND 1440),
        CONSTRAINT shop_slots_pkey PRIMARY KEY (shop_id, weekday, from_minute, to_minute),
        CONSTRAINT shop_slots_within_a_day CHECK (to_minute > from_minute AND to_minute <= 1440)
      );
      ALTER TABLE orders ADD slot_from timestamptz, ADD slot_to timestamptz,
        ADD CONSTRAINT orders_slot_whole CHECK ((slot_from IS NULL) = (slot_to IS NULL) AND slot_to > slot_from),
        ADD CONSTRAINT orders_slot_of_delivery CHECK (slot_from IS NULL OR fulfilment = 'delivery');
      CREATE INDEX orders_slot_index ON orders (shop_id, slot_from) WHERE slot_from IS NOT NULL;

      CREATE FUNCTION orders_take_slot() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        begins timestamp := NEW.slot_from AT TIME ZONE 'Asia/Kolkata';
        minute integer := extract(hour FROM begins) * 60 + extract(minute FROM begins);
        most integer;
        taken integer;
      BEGIN
        SELECT capacity INTO most FROM shop_slots
          WHERE shop_id = NEW.shop_id AND weekday = extract(isodow FROM begins) AND from_minute = minute
            AND to_minute = minute + extract(epoch FROM NEW.slot_to - NEW.slot_from) / 60
          FOR UPDATE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the shop has no such slot'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_slot_known';
        END IF;
        SELECT count(*) INTO taken FROM orders
          WHERE shop_id = NEW.shop_id AND slot_from = NEW.slot_from AND slot_to = NEW.slot_to
            AND state NOT IN ('declined', 'cancelled', 'expired') AND id <> NEW.id;
        IF taken >= most THEN
          RAISE EXCEPTION 'the slot is full'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_slot_capacity';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER orders_take_slot BEFORE INSERT ON orders FOR EACH ROW
        WHEN (NEW.slot_from IS NOT NULL) EXECUTE FUNCTION orders_take_slot();
      CREATE TRIGGER orders_take_other_slot BEFORE UPDATE OF slot_from, slot_to ON orders FOR EACH ROW
        WHEN (NEW.slot_from IS NOT NULL
          AND (OLD.slot_from, OLD.slot_to) IS DISTINCT FROM (NEW.slot_from, NEW.slot_to))
        EXECUTE FUNCTION orders_take_slot();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP FUNCTION orders_take_slot() CASCADE;
      ALTER TABLE orders DROP slot_from, DROP slot_to;
      DROP TABLE shop_slots;
    `)
  }
}
