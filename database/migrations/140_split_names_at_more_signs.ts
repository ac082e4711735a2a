import { BaseSchema } from '@adonisjs/lucid/schema'

/** Accents, nuktas of Indian scripts, apostrophes, and characters that are not seen; as in `fold.ts`. */
const IGNORED = String.raw`\00AD\02B9\02BB-\02BD\0300-\036F\061C\093C\09BC\0A3C\0ABC\0B3C\0C3C\0CBC\115F\1160\180B-\180E\200B-\200F\2018\2019\201B\202A-\202E\2032\2060-\206F\2800\3164\A78C\FE00-\FE0F\FEFF\FFA0''${'`'}`

/** Viramas, which are part of a word although PostgreSQL does not count them as letters. */
const JOINING = String.raw`\094D\09CD\0A4D\0ACD\0B4D\0BCD\0C4D\0CCD\0D4D`

const ZEROS = ['०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦']

const INDIAN_DIGITS = ZEROS.map((zero) => {
  return Array.from({ length: 10 }, (_, digit) => String.fromCharCode(zero.charCodeAt(0) + digit))
})

/** All apostrophes and the digits of all scripts are equal, and characters that are not seen do not part a word. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE OR REPLACE FUNCTION search_words(phrase text) RETURNS text[]
      LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
      RETURN ARRAY(
        SELECT "left"(word, 40)
        FROM regexp_split_to_table(
          regexp_replace(
            translate(
              lower(normalize(translate(phrase, U&'\\00B4', ''), NFKD) COLLATE "pg_c_utf8"),
              'ς${INDIAN_DIGITS.flat().join('')}', 'σ${'0123456789'.repeat(ZEROS.length)}'
            ),
            U&'[${IGNORED}]', '', 'g'
          ),
          U&'[^[:alnum:]${JOINING}]+'
        ) WITH ORDINALITY AS split(word, place)
        WHERE word <> '' GROUP BY 1 ORDER BY min(place)
      )`)
    this.schema.raw(`
      UPDATE search_names AS known
      SET words = split.words, length = split.length, learned_in = DEFAULT
      FROM (
        SELECT kind, name, detail, cardinality(own) AS length,
          CASE kind
            WHEN 'product' THEN ARRAY(SELECT DISTINCT unnest(own || search_words(detail))) ELSE own
          END AS words
        FROM search_names CROSS JOIN search_words(name) AS own
      ) AS split
      WHERE (known.kind, known.name, known.detail) = (split.kind, split.name, split.detail)
        AND NOT (known.words @> split.words AND known.words <@ split.words)`)
  }

  async down() {
    throw new Error('Names split in the old way cannot be had back')
  }
}
