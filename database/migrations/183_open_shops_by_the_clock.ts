import { BaseSchema } from '@adonisjs/lucid/schema'

/** Tables of which kept pages show something. A change touches the shop, which the change feed announces. */
const TABLES = ['shop_hours', 'shop_holidays']

/**
 * Weekly hours, holidays, and shops that are closed for today. A span belongs to the day it begins on, also past
 * midnight. A shop without any is open day and night.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE shop_hours (
        shop_id uuid NOT NULL REFERENCES shops ON DELETE CASCADE,
        weekday smallint NOT NULL CONSTRAINT shop_hours_weekday_known CHECK (weekday BETWEEN 1 AND 7),
        span smallint NOT NULL CONSTRAINT shop_hours_two_a_day CHECK (span IN (1, 2)),
        from_minute smallint NOT NULL CONSTRAINT shop_hours_from_in_day CHECK (from_minute BETWEEN 0 AND 1439),
        to_minute smallint NOT NULL,
        CONSTRAINT shop_hours_pkey PRIMARY KEY (shop_id, weekday, span),
        CONSTRAINT shop_hours_within_a_day
          CHECK (to_minute > from_minute AND to_minute <= from_minute + 1440)
      );
      CREATE TABLE shop_holidays (
        shop_id uuid NOT NULL REFERENCES shops ON DELETE CASCADE,
        day date NOT NULL,
        CONSTRAINT shop_holidays_pkey PRIMARY KEY (shop_id, day)
      );
      CREATE INDEX shop_holidays_day_index ON shop_holidays (day);
      ALTER TABLE shop_settings
        ADD closed_until timestamptz,
        ADD last_order_minutes smallint NOT NULL DEFAULT 0
          CONSTRAINT shop_settings_last_order_in_range CHECK (last_order_minutes BETWEEN 0 AND 240);

      CREATE FUNCTION shop_opening(of_shop uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT CASE WHEN spans IS NOT NULL OR holidays IS NOT NULL OR closed_until IS NOT NULL THEN
          jsonb_build_object('spans', coalesce(spans, '[]'), 'holidays', coalesce(holidays, '[]'),
            'closedUntil', closed_until, 'lastOrderMinutes', coalesce(last_order_minutes, 0)) END
        FROM (SELECT jsonb_agg(jsonb_build_array(weekday, from_minute, to_minute) ORDER BY weekday, from_minute) AS spans
          FROM shop_hours WHERE shop_id = of_shop) AS weekly
        CROSS JOIN (SELECT jsonb_agg(day ORDER BY day) AS holidays
          FROM shop_holidays WHERE shop_id = of_shop AND day >= current_date - 2) AS free
        LEFT JOIN shop_settings ON shop_id = of_shop
      $$;

      CREATE TRIGGER shop_settings_touch_shop_when_opening
        AFTER UPDATE OF closed_until, last_order_minutes ON shop_settings FOR EACH ROW
        WHEN ((OLD.closed_until, OLD.last_order_minutes) IS DISTINCT FROM (NEW.closed_until, NEW.last_order_minutes))
        EXECUTE FUNCTION shop_settings_touch_shop();
      ${TABLES.map(
        (table) => `
      CREATE TRIGGER ${table}_touch_shop AFTER INSERT OR UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION shop_settings_touch_shop();`
      ).join('')}
    `)
  }

  async down() {
    this.schema.raw(`
      DROP FUNCTION shop_opening(uuid);
      DROP TABLE shop_holidays;
      DROP TABLE shop_hours;
      DROP TRIGGER shop_settings_touch_shop_when_opening ON shop_settings;
      ALTER TABLE shop_settings DROP closed_until, DROP last_order_minutes;
    `)
  }
}
