import { BaseSchema } from '@adonisjs/lucid/schema'

/** Carts say when a shop delivers next. A change of its slots touches the shop, as one of its hours does; see 183. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TRIGGER shop_slots_touch_shop AFTER INSERT OR UPDATE OR DELETE ON shop_slots
        FOR EACH ROW EXECUTE FUNCTION shop_settings_touch_shop();
    `)
  }

  async down() {
    this.schema.raw('DROP TRIGGER shop_slots_touch_shop ON shop_slots')
  }
}
