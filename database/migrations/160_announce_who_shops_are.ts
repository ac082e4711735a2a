import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Pages that are kept for everybody show who a shop is before the law. The change feed announces shops but not their
 * settings, so such a change touches the shop.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION shop_settings_touch_shop() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE shops SET updated_at = now() WHERE id = coalesce(NEW.shop_id, OLD.shop_id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER shop_settings_touch_shop_when_changed
        AFTER UPDATE OF fssai_number, gstin, legal_name, legal_address ON shop_settings FOR EACH ROW
        WHEN ((OLD.fssai_number, OLD.gstin, OLD.legal_name, OLD.legal_address)
          IS DISTINCT FROM (NEW.fssai_number, NEW.gstin, NEW.legal_name, NEW.legal_address))
        EXECUTE FUNCTION shop_settings_touch_shop();
      CREATE TRIGGER shop_settings_touch_shop AFTER INSERT OR DELETE ON shop_settings FOR EACH ROW
        EXECUTE FUNCTION shop_settings_touch_shop();
    `)
  }

  async down() {
    this.schema.raw('DROP FUNCTION shop_settings_touch_shop() CASCADE')
  }
}
