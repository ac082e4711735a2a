import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * How far the weight of packed goods may differ from what was ordered, and who the shop is before the law. Without a
 * tax scheme the shop has not stated it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE shop_settings
        ADD packing_tolerance_percent integer NOT NULL DEFAULT 10,
        ADD fssai_number text, ADD gstin text, ADD tax_scheme text, ADD legal_name text, ADD legal_address text,
        ADD CONSTRAINT shop_settings_tolerance_in_range CHECK (packing_tolerance_percent BETWEEN 0 AND 50),
        ADD CONSTRAINT shop_settings_fssai_form CHECK (fssai_number ~ '^[12][0-9]{13}$'),
        ADD CONSTRAINT shop_settings_gstin_form CHECK (
          gstin ~ '^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]$'),
        ADD CONSTRAINT shop_settings_tax_scheme_known CHECK (tax_scheme IN ('unregistered', 'composition', 'regular')),
        ADD CONSTRAINT shop_settings_registered_with_gstin CHECK (
          tax_scheme IS NULL OR tax_scheme = 'unregistered' OR gstin IS NOT NULL),
        ADD CONSTRAINT shop_settings_legal_name_form CHECK (
          legal_name = clean_text(legal_name) AND char_length(legal_name) <= 120),
        ADD CONSTRAINT shop_settings_legal_address_form CHECK (
          legal_address = clean_text(legal_address) AND char_length(legal_address) <= 300);
      ALTER TABLE order_events DROP CONSTRAINT order_events_subject_known,
        ADD CONSTRAINT order_events_subject_known
        CHECK (subject IN ('state', 'payment', 'item', 'undone', 'weight', 'question'));
    `)
  }

  async down() {
    this.schema.raw(`
      DELETE FROM order_events WHERE subject = 'question';
      UPDATE order_events SET subject = 'item' WHERE subject = 'weight';
      ALTER TABLE order_events DROP CONSTRAINT order_events_subject_known,
        ADD CONSTRAINT order_events_subject_known CHECK (subject IN ('state', 'payment', 'item', 'undone'));
      ALTER TABLE shop_settings DROP packing_tolerance_percent, DROP fssai_number, DROP gstin, DROP tax_scheme,
        DROP legal_name, DROP legal_address;
    `)
  }
}
