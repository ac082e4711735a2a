import { BaseSchema } from '@adonisjs/lucid/schema'
import cities from '../cities.json' with { type: 'json' }

/**
 * A city has a name, a Hindi name and others that people type. `city_names` finds it by the key of each: no two cities
 * share one. "Indore City" is Indore, unless there is a city of that very name.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE cities (
        name text PRIMARY KEY,
        name_hi text,
        other_names text[] NOT NULL DEFAULT '{}',
        CONSTRAINT cities_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
        CONSTRAINT cities_name_hi_length CHECK (char_length(name_hi) BETWEEN 1 AND 80)
      );
      CREATE TABLE city_names (
        key text PRIMARY KEY,
        city text NOT NULL REFERENCES cities ON UPDATE CASCADE ON DELETE CASCADE
      );
      CREATE INDEX city_names_city ON city_names (city);

      CREATE FUNCTION known_city(typed text) RETURNS text LANGUAGE sql STABLE STRICT AS $$
        SELECT city FROM city_names, name_key(typed) AS whole
        WHERE key IN (whole, regexp_replace(whole, ' (city|शहर)$', ''))
        ORDER BY key = whole DESC LIMIT 1
      $$;`)
    this.#keepNames()
    this.defer(async (db) => {
      await db.rawQuery(
        `INSERT INTO cities (name, name_hi, other_names)
         SELECT name, "nameHi", coalesce("otherNames", '{}')
         FROM jsonb_to_recordset(?) AS city (name text, "nameHi" text, "otherNames" text[])`,
        [JSON.stringify(cities)]
      )
    })
    this.schema.raw('ALTER PUBLICATION dbz_publication ADD TABLE cities')
  }

  async down() {
    this.schema.raw(`
      DROP TABLE city_names, cities;
      DROP FUNCTION known_city, cities_clean, cities_keep_names`)
  }

  /** A city that is renamed is still found by its name until then. */
  #keepNames() {
    this.schema.raw(`
      CREATE FUNCTION cities_clean() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.name := clean_text(NEW.name);
        NEW.name_hi := clean_text(NEW.name_hi);
        IF TG_OP = 'UPDATE' AND NEW.name <> OLD.name THEN
          NEW.other_names := NEW.other_names || OLD.name;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cities_clean BEFORE INSERT OR UPDATE ON cities
        FOR EACH ROW EXECUTE FUNCTION cities_clean();

      CREATE FUNCTION cities_keep_names() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM city_names WHERE city = NEW.name;
        INSERT INTO city_names (key, city)
        SELECT DISTINCT name_key(called), NEW.name
        FROM unnest(ARRAY[NEW.name, NEW.name_hi] || NEW.other_names) AS called
        WHERE name_key(called) <> '';
        RETURN NULL;
      END $$;
      CREATE TRIGGER cities_keep_names AFTER INSERT OR UPDATE ON cities
        FOR EACH ROW EXECUTE FUNCTION cities_keep_names();`)
  }
}
