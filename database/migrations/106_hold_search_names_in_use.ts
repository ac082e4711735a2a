import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Unused names are removed by the cleanup, so reusing a known name locks its row until the commit, and the cleanup
 * skips locked rows. In a fixed order, to avoid deadlocks.
 */
export default class extends BaseSchema {
  async up() {
    this.#learn(`
      PERFORM FROM search_names
      WHERE kind = its_kind AND (name, detail) IN (SELECT * FROM unnest(names, details))
      ORDER BY name, detail FOR KEY SHARE;`)
  }

  async down() {
    this.#learn('')
  }

  #learn(hold: string) {
    this.schema.raw(`
      CREATE OR REPLACE FUNCTION search_learn(its_kind text, names text[], details text[])
      RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        ${hold}
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
}
