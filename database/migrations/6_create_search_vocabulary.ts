import { BaseSchema } from '@adonisjs/lucid/schema'

/** Accents, the dots below letters in Indian scripts, and characters that join or separate invisibly. */
const IGNORED = String.raw`\0300-\036F\093C\09BC\0A3C\0ABC\0B3C\0C3C\0CBC\200B-\200D\2060\FEFF''\2019`

/** Signs inside a word that PostgreSQL does not count as letters: those that silence a vowel. */
const JOINING = String.raw`\094D\09CD\0A4D\0ACD\0B4D\0BCD\0C4D\0CCD\0D4D`

/**
 * What search looks words up in.
 *
 * `search_vocabulary` has the distinct words of all products, shops and cities: thousands, whatever the
 * number of rows. `search_names` has the distinct names with each word they contain; a name's `detail` is
 * a product's name in Hindi or a shop's city, and its `length` the number of words; `hashes`
 * are those of all its words, so that one row tells whether the name has several.
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

    /** The same for the same texts: one number is quicker to look up, and to index, than they are. */
    this.schema.raw(`
      CREATE FUNCTION search_key(name text, detail text, place text DEFAULT '') RETURNS bigint
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN hashtextextended(name || chr(10) || coalesce(detail, '') || chr(10) || place, 0)`)

    /**
     * Two words that lie one or two typing errors apart become the same when as many letters are left
     * out of each. The first seven letters are enough to tell, and keep the number of results small.
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
