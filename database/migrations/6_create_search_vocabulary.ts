import { BaseSchema } from '@adonisjs/lucid/schema'

/** Accents, nuktas of Indian scripts, and zero-width characters. */
const IGNORED = String.raw`\0300-\036F\093C\09BC\0A3C\0ABC\0B3C\0C3C\0CBC\200B-\200D\2060\FEFF''\2019`

/** Viramas, which are part of a word although PostgreSQL does not count them as letters. */
const JOINING = String.raw`\094D\09CD\0A4D\0ACD\0B4D\0BCD\0C4D\0CCD\0D4D`

/**
 * Tables for search.
 *
 * `search_vocabulary` has the distinct words of all products, shops and cities (thousands, regardless of the
 * number of rows). `search_names` has the distinct names per word; `detail` is a product's Hindi name or a shop's
 * city, `length` the number of words, and `hashes` those of all its words, so that one row tells whether the name
 * has several.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION search_words(phrase text) RETURNS text[]
      LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
      RETURN ARRAY(
        SELECT "left"(word, 40)
        FROM regexp_split_to_table(
          regexp_replace(lower(normalize(phrase, NFKD) COLLATE "pg_c_utf8"), U&'[${IGNORED}]', '', 'g'),
          U&'[^[:alnum:]${JOINING}]+'
        ) WITH ORDINALITY AS split(word, place)
        WHERE word <> '' GROUP BY 1 ORDER BY min(place)
      )`)

    /** A hash of the texts: smaller and faster to index than the texts. */
    this.schema.raw(`
      CREATE FUNCTION search_key(name text, detail text, place text DEFAULT '') RETURNS bigint
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN hashtextextended(name || chr(10) || coalesce(detail, '') || chr(10) || place, 0)`)

    /**
     * Symmetric deletion: two words within one or two typing errors become equal when as many letters are deleted
     * from each. The first seven letters suffice and keep the number of variants small.
     */
    this.schema.raw(`
      CREATE FUNCTION search_deletions(word text, most integer) RETURNS text[]
      LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
      DECLARE
        beginning text := left(word, 7);
        length integer := char_length(beginning);
        shorter text;
        found text[] := ARRAY[beginning];
      BEGIN
        FOR i IN 1..length LOOP
          shorter := left(beginning, i - 1) || substr(beginning, i + 1);
          found := found || shorter;
          CONTINUE WHEN most < 2;
          FOR j IN i..length - 1 LOOP
            found := found || (left(shorter, j - 1) || substr(shorter, j + 1));
          END LOOP;
        END LOOP;
        RETURN found;
      END $$`)

    this.schema.raw(`
      CREATE TABLE search_vocabulary (
        kind text COLLATE "C" NOT NULL,
        word text COLLATE "C" NOT NULL,
        PRIMARY KEY (kind, word),
        CONSTRAINT search_vocabulary_kind_known CHECK (kind IN ('product', 'shop', 'city'))
      )`)
    this.schema.raw(`
      CREATE INDEX search_vocabulary_deletions ON search_vocabulary
      USING gin (search_deletions(word, 2)) WITH (fastupdate = off)
      WHERE word !~ '[0-9]' AND char_length(word) > 2`)

    this.schema.raw(`
      CREATE TABLE search_names (
        kind text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        detail text COLLATE "C" NOT NULL,
        word text COLLATE "C" NOT NULL,
        length smallint NOT NULL,
        hashes integer[] NOT NULL,
        PRIMARY KEY (kind, name, detail, word)
      )`)
    this.schema.raw(`
      CREATE INDEX search_names_shortest ON search_names (kind, word, length, name, detail)
      INCLUDE (hashes)`)
    this.schema.raw(`
      CREATE INDEX search_names_shortest_in_city
      ON search_names (search_key(word, detail), length, name)
      INCLUDE (word, detail, hashes) WHERE kind = 'shop'`)
  }

  async down() {
    this.schema.dropTable('search_names')
    this.schema.dropTable('search_vocabulary')
    this.schema.raw('DROP FUNCTION search_deletions, search_key, search_words')
  }
}
