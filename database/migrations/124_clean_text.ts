import { BaseSchema } from '@adonisjs/lucid/schema'

const INVISIBLE = String.raw`\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0D\uFEFF\uFFA0\uFFF0-\uFFFB\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF`

const BLANKS = String.raw`\u0009-\u000D \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`

const EMOJI = String.raw`\u203C-\u2BFF\U0001F000-\U0001FAFF`

const SELECTORS = String.raw`\uFE0E\uFE0F`

const NEEDED_SELECTORS = [
  String.raw`(?<=[©®\u3030\u303D\u3297\u3299${EMOJI}])[${SELECTORS}]`,
  String.raw`(?<=[#*0-9])\uFE0F(?=\u20E3)`,
].join('|')

const VIRAMAS = String.raw`\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA`

const JOINED = String.raw`\u0600-\u06FF\u0750-\u077F\u08A0-\u0DFF`

const JOINERS = String.raw`\u200C\u200D`

const NEEDED_JOINERS = [
  `(?<=[${VIRAMAS}])[${JOINERS}]`,
  `(?<=[${JOINED}])[${JOINERS}](?=[${JOINED}])`,
  String.raw`(?<=[\uFE0F${EMOJI}])\u200D(?=[${EMOJI}])`,
].join('|')

const ASCII = '^[!-~]+( [!-~]+)*$'

/** Devanagari without what composes, decomposes or changes places. */
const STABLE = String.raw`!-~\u0900-\u0928\u092A-\u0930\u0932\u0933\u0935-\u093B\u093D-\u0950\u0955-\u0957\u0960-\u097F`

const APOSTROPHES =
  '\u2018\u2019\u201A\u201B\u02B9\u02BB\u02BC\u02BD\u0374\u2032\u2035\u00B4\u1FFD`'
const QUOTES = '\u201C\u201D\u201E\u201F\u2033\u2036\u00AB\u00BB'
const DASHES = '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\uFE58'

const EQUAL = `'${APOSTROPHES}${QUOTES}${DASHES}',
  repeat('''', ${APOSTROPHES.length}) || repeat('"', ${QUOTES.length}) || repeat('-', ${DASHES.length})`

/**
 * `clean_text` is `clean` of `app/text`, with null for what is then empty. It does not normalise text with characters
 * that are newer than the server's Unicode: their place among other marks is not known yet.
 *
 * `name_key` is the same for names that people take for one: case, width, quotes, dashes and invisible characters do
 * not count. Only the database computes it, so nothing can disagree with the index.
 */
export default class extends BaseSchema {
  async up() {
    this.#create(`
      CREATE FUNCTION clean_text(given text) RETURNS text
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      DECLARE
        cleaned text := given;
        before text;
      BEGIN
        IF given ~ '^[${STABLE}]+( [${STABLE}]+)*$' THEN
          RETURN given;
        END IF;
        FOR sweep IN 1..3 LOOP
          before := cleaned;
          IF sweep = 3 THEN
            cleaned := regexp_replace(cleaned, '[${JOINERS}${SELECTORS}]', '', 'g');
          END IF;
          cleaned := regexp_replace(cleaned, '[${INVISIBLE}]+', '', 'g');
          IF unicode_assigned(cleaned) THEN
            cleaned := normalize(cleaned, NFC);
          END IF;
          cleaned := regexp_replace(cleaned, '(${NEEDED_SELECTORS})|[${SELECTORS}]', '\\1', 'g');
          cleaned := regexp_replace(cleaned, '(${NEEDED_JOINERS})|[${JOINERS}]', '\\1', 'g');
          cleaned := btrim(regexp_replace(cleaned, '[${BLANKS}]+', ' ', 'g'));
          EXIT WHEN cleaned = before;
        END LOOP;
        RETURN nullif(cleaned, '');
      END $$`)
    this.#create(`
      CREATE FUNCTION name_key(name text) RETURNS text
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      DECLARE
        key text := name;
      BEGIN
        IF name ~ '${ASCII}' THEN
          RETURN translate(lower(name COLLATE "C"), '\`', '''');
        END IF;
        key := regexp_replace(key, '[${INVISIBLE}${JOINERS}${SELECTORS}]+', '', 'g');
        key := normalize(translate(key, ${EQUAL}), NFKD);
        key := normalize(casefold(key COLLATE "pg_unicode_fast"), NFKC);
        -- The Turkish capital I with its dot.
        key := replace(key, U&'i\\0307', 'i');
        key := translate(key, '\`', '''');
        RETURN btrim(regexp_replace(key, '[${BLANKS}]+', ' ', 'g'));
      END $$`)
  }

  async down() {
    this.schema.raw('DROP FUNCTION name_key, clean_text')
  }

  /** A question mark alone would be a binding. */
  #create(statement: string) {
    this.schema.raw(statement.replaceAll('?', '\\?'))
  }
}
