import { BaseSchema } from '@adonisjs/lucid/schema'

/** How a table's rows add names: `all` from many rows at once, `one` from the row NEW. */
interface Lesson {
  all: (rows: string) => string
  one: string
  columns: string
  kinds: string
}

const LESSONS: Record<'products' | 'shops', Lesson> = {
  products: {
    all: (rows) => `
      PERFORM search_learn('product', array_agg(name), array_agg(detail))
      FROM (SELECT DISTINCT name, coalesce(name_hi, '') AS detail FROM ${rows}) AS given;`,
    one: `
      PERFORM search_learn('product', ARRAY[NEW.name], ARRAY[coalesce(NEW.name_hi, '')]);`,
    columns: 'name, name_hi',
    kinds: `'product'`,
  },
  shops: {
    all: (rows) => `
      PERFORM search_learn('shop', array_agg(name), array_agg(city))
      FROM (SELECT DISTINCT name, city FROM ${rows}) AS given;
      PERFORM search_learn('city', array_agg(city), array_agg(''::text))
      FROM (SELECT DISTINCT city FROM ${rows}) AS given;`,
    one: `
      PERFORM search_learn('shop', ARRAY[NEW.name], ARRAY[NEW.city]);
      PERFORM search_learn('city', ARRAY[NEW.city], ARRAY['']);`,
    columns: 'name, city',
    kinds: `'shop', 'city'`,
  },
}

/**
 * Triggers add the words of new names. Rows with known names cost almost nothing: a COPY of a million products
 * checks its few hundred names once per statement.
 *
 * Words are inserted in a fixed order, so that concurrent statements wait instead of deadlocking. They are not
 * deleted with their last row: a concurrent insert may need them, and a name without rows does no harm.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION search_learn(its_kind text, names text[], details text[]) RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        WITH
          unknown AS (
            SELECT DISTINCT name, detail FROM unnest(names, details) AS given(name, detail)
            WHERE NOT EXISTS (
              SELECT FROM search_names AS known
              WHERE known.kind = its_kind AND known.name = given.name AND known.detail = given.detail
            )
          ),
          split AS (
            SELECT name, detail, greatest(cardinality(own), 1) AS length,
              CASE its_kind WHEN 'product' THEN own || search_words(detail) ELSE own END AS words
            FROM unknown CROSS JOIN search_words(name) AS own
          ),
          learned AS (
            INSERT INTO search_names (kind, name, detail, word, length, hashes)
            SELECT DISTINCT its_kind, name, detail, word, length,
              ARRAY(SELECT hashtext(one) FROM unnest(words) AS one)
            FROM split CROSS JOIN unnest(words) AS word
            ORDER BY name, detail, word
            ON CONFLICT DO NOTHING
            RETURNING word
          )
        INSERT INTO search_vocabulary (kind, word)
        SELECT DISTINCT its_kind, word FROM learned ORDER BY word
        ON CONFLICT DO NOTHING;
      END $$`)
    this.#teach('products', LESSONS.products)
    this.#teach('shops', LESSONS.shops)
  }

  async down() {
    for (const table of Object.keys(LESSONS)) {
      for (const name of ['learn_names', 'learn_name', 'forget_names']) {
        this.schema.raw(`DROP FUNCTION ${table}_${name} CASCADE`)
      }
    }
    this.schema.raw('DROP FUNCTION search_learn')
  }

  #teach(table: string, { all, one, columns, kinds }: Lesson) {
    const changed = columns
      .split(', ')
      .map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`)
    this.#trigger(table, 'learn_names', all('new_rows'), {
      after: 'INSERT',
      rest: 'REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT',
    })
    this.#trigger(table, 'learn_name', one, {
      after: `UPDATE OF ${columns}`,
      rest: `FOR EACH ROW WHEN (${changed.join(' OR ')})`,
    })
    const forget = ['search_names', 'search_vocabulary'].map((from) => {
      return `DELETE FROM ${from} WHERE kind IN (${kinds});`
    })
    this.#trigger(table, 'forget_names', forget.join('\n'), {
      after: 'TRUNCATE',
      rest: 'FOR EACH STATEMENT',
    })
    this.schema.raw(`DO $$ BEGIN ${all(table)} END $$`)
  }

  #trigger(table: string, name: string, body: string, { after, rest }: Record<string, string>) {
    this.schema.raw(`
      CREATE FUNCTION ${table}_${name}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        ${body}
        RETURN NULL;
      END $$`)
    this.schema.raw(`
      CREATE TRIGGER ${table}_${name} AFTER ${after} ON ${table} ${rest}
      EXECUTE FUNCTION ${table}_${name}()`)
  }
}
