import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Servers also keep the distinct names in memory (`app/search/postgres/names.ts`). `search_names` has one row per
 * name, with all its words and the transaction that added it; the vocabulary is derived from these. `length` is
 * the number of words, without those of a product's Hindi name.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE search_names RENAME TO search_names_by_word')
    this.schema.raw(`
      CREATE TABLE search_names (
        kind text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        detail text COLLATE "C" NOT NULL,
        length smallint NOT NULL,
        words text[] NOT NULL,
        learned_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
        CONSTRAINT search_names_kind_known CHECK (kind IN ('product', 'shop', 'city'))
      )`)
    this.schema.raw(`
      INSERT INTO search_names (kind, name, detail, length, words)
      SELECT kind, name, detail, min(length), array_agg(word) FROM search_names_by_word
      GROUP BY kind, name, detail`)
    this.schema.raw('DROP TABLE search_names_by_word, search_vocabulary')
    this.schema.raw('ALTER TABLE search_names ADD PRIMARY KEY (kind, name, detail)')
    this.schema.raw('CREATE INDEX search_names_learned_in ON search_names (learned_in)')
    this.#learnNames()
    this.#forgetNames('products', `'product'`)
    this.#forgetNames('shops', `'shop', 'city'`)
  }

  async down() {
    throw new Error('The tables of search before this migration cannot be had back')
  }

  /** In a fixed order, so that concurrent statements with the same names wait instead of deadlocking. */
  #learnNames() {
    this.schema.raw(`
      CREATE OR REPLACE FUNCTION search_learn(its_kind text, names text[], details text[])
      RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO search_names (kind, name, detail, length, words)
        SELECT its_kind, name, detail, cardinality(own),
          CASE its_kind
            WHEN 'product' THEN ARRAY(SELECT DISTINCT unnest(own || search_words(detail))) ELSE own
          END
        FROM (
          SELECT DISTINCT name, detail FROM unnest(names, details) AS given(name, detail)
          WHERE NOT EXISTS (
            SELECT FROM search_names AS known
            WHERE known.kind = its_kind AND known.name = given.name AND known.detail = given.detail
          )
        ) AS unknown
        CROSS JOIN search_words(name) AS own
        ORDER BY name, detail
        ON CONFLICT DO NOTHING;
      END $$`)
  }

  #forgetNames(table: string, kinds: string) {
    this.schema.raw(`
      CREATE OR REPLACE FUNCTION ${table}_forget_names() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM search_names WHERE kind IN (${kinds});
        RETURN NULL;
      END $$`)
  }
}
