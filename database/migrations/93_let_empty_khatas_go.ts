import { BaseSchema } from '@adonisjs/lucid/schema'

/** Khatas without entries are deleted with their shop. Khatas with entries keep the shop from being deleted. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION shops_take_empty_khatas() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM khatas WHERE shop_id = OLD.id AND NOT EXISTS (
          SELECT FROM khata_transactions WHERE khata_id = khatas.id);
        RETURN OLD;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER shops_take_empty_khatas BEFORE DELETE ON shops
      FOR EACH ROW EXECUTE FUNCTION shops_take_empty_khatas()`)
  }

  async down() {
    this.schema.raw('DROP FUNCTION shops_take_empty_khatas CASCADE')
  }
}
