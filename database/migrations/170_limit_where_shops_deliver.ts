import { BaseSchema } from '@adonisjs/lucid/schema'

const COLUMNS = [
  ...['delivery_area', 'delivery_pins', 'delivery_prefix', 'delivery_kilometres'],
  'free_delivery_from_paise',
]

const rowOf = (name: string) => COLUMNS.map((column) => `${name}.${column}`).join(', ')

/**
 * Where a shop delivers to, and from which value for free. A shop without an area has not said it: it delivers in the
 * district of its own PIN code. Kept pages show this, so a change touches the shop; see 160.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION are_pin_codes(codes text[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT
      RETURN cardinality(codes) BETWEEN 1 AND 200
        AND (SELECT bool_and(coalesce(code ~ '^[1-9][0-9]{5}$', false)) FROM unnest(codes) AS code);

      ALTER TABLE shop_settings
        ADD delivery_area text, ADD delivery_pins text[], ADD delivery_prefix text, ADD delivery_kilometres integer,
        ADD free_delivery_from_paise integer,
        ADD CONSTRAINT shop_settings_delivery_area_known CHECK (
          delivery_area IN ('district', 'pins', 'prefix', 'kilometres')),
        ADD CONSTRAINT shop_settings_delivery_area_complete CHECK (
          CASE delivery_area WHEN 'pins' THEN delivery_pins IS NOT NULL WHEN 'prefix' THEN delivery_prefix IS NOT NULL
            WHEN 'kilometres' THEN delivery_kilometres IS NOT NULL ELSE true END),
        ADD CONSTRAINT shop_settings_delivery_pins_form CHECK (are_pin_codes(delivery_pins)),
        ADD CONSTRAINT shop_settings_delivery_prefix_form CHECK (delivery_prefix ~ '^[1-9][0-9]{0,5}$'),
        ADD CONSTRAINT shop_settings_delivery_kilometres_in_range CHECK (delivery_kilometres BETWEEN 1 AND 100),
        ADD CONSTRAINT shop_settings_free_delivery_in_range CHECK (
          free_delivery_from_paise BETWEEN 1 AND 100000000);
      CREATE TRIGGER shop_settings_touch_shop_of_deliveries AFTER UPDATE OF ${COLUMNS.join(', ')} ON shop_settings
        FOR EACH ROW WHEN ((${rowOf('OLD')}) IS DISTINCT FROM (${rowOf('NEW')}))
        EXECUTE FUNCTION shop_settings_touch_shop();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TRIGGER shop_settings_touch_shop_of_deliveries ON shop_settings;
      ALTER TABLE shop_settings DROP delivery_area, DROP delivery_pins, DROP delivery_prefix,
        DROP delivery_kilometres, DROP free_delivery_from_paise;
      DROP FUNCTION are_pin_codes(text[]);
    `)
  }
}
