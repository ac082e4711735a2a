import { BaseSchema } from '@adonisjs/lucid/schema'

const SHOWN = [
  ...['fssai_number', 'gstin', 'legal_name', 'legal_address'],
  ...['phone', 'address', 'minimum_order_paise', 'delivery_fee_paise'],
]
const SHOWN_BEFORE = SHOWN.slice(0, 4)

/** Customers call a shop and walk to it. Its pages, kept for everybody, show that and its terms. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE shop_settings ADD phone text, ADD address text,
        ADD CONSTRAINT shop_settings_phone_form CHECK (phone ~ '^[6-9][0-9]{9}$'),
        ADD CONSTRAINT shop_settings_address_form CHECK (
          address = clean_text(address) AND char_length(address) BETWEEN 1 AND 300);
      ${touchedBy(SHOWN)}
    `)
  }

  async down() {
    this.schema.raw(`
      ${touchedBy(SHOWN_BEFORE)}
      ALTER TABLE shop_settings DROP phone, DROP address;
    `)
  }
}

function touchedBy(columns: string[]) {
  const row = (name: string) => `(${columns.map((column) => `${name}.${column}`).join(', ')})`
  return `CREATE OR REPLACE TRIGGER shop_settings_touch_shop_when_changed
    AFTER UPDATE OF ${columns.join(', ')} ON shop_settings FOR EACH ROW
    WHEN (${row('OLD')} IS DISTINCT FROM ${row('NEW')}) EXECUTE FUNCTION shop_settings_touch_shop();`
}
