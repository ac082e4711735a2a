import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the label of a product says. `gst_basis_points`: 500 is 5 %. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE products
        ADD mrp_paise integer, ADD country text, ADD maker text, ADD maker_address text, ADD best_before date,
        ADD diet text, ADD hsn_code text, ADD gst_basis_points integer,
        ADD CONSTRAINT products_price_within_mrp CHECK (price_paise <= mrp_paise),
        ADD CONSTRAINT products_mrp_in_range CHECK (mrp_paise <= 100000000),
        ADD CONSTRAINT products_mrp_of_packs CHECK (mrp_paise IS NULL OR sold_as = 'packed'),
        ADD CONSTRAINT products_country_form CHECK (country ~ '^[A-Z]{2}$'),
        ADD CONSTRAINT products_maker_form CHECK (maker = clean_text(maker) AND char_length(maker) <= 120),
        ADD CONSTRAINT products_maker_address_form CHECK (
          maker_address = clean_text(maker_address) AND char_length(maker_address) <= 300),
        ADD CONSTRAINT products_diet_known CHECK (diet IN ('veg', 'non_veg')),
        ADD CONSTRAINT products_hsn_code_form CHECK (hsn_code ~ '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'),
        ADD CONSTRAINT products_gst_in_range CHECK (gst_basis_points BETWEEN 0 AND 4000);
      ALTER TABLE order_items ADD hsn_code text, ADD gst_basis_points integer;
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE order_items DROP hsn_code, DROP gst_basis_points;
      ALTER TABLE products DROP mrp_paise, DROP country, DROP maker, DROP maker_address, DROP best_before,
        DROP diet, DROP hsn_code, DROP gst_basis_points;
    `)
  }
}
