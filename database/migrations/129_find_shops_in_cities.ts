import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A shop has the name of its city, however it was typed, also by COPY. A city that is not known is added. Of the
 * spellings of an unknown city that shops have already, the one that most of them use is its name.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      WITH spellings AS MATERIALIZED (
        SELECT name_key(city) AS key, clean_text(city) AS spelled, count(*) AS shops, min(id::text) AS oldest
        FROM shops GROUP BY 1, 2
      )
      INSERT INTO cities (name)
      SELECT DISTINCT ON (key) spelled FROM spellings
      WHERE spelled IS NOT NULL AND known_city(spelled) IS NULL AND NOT EXISTS (
        SELECT FROM spellings AS shorter
        WHERE shorter.key <> spellings.key AND shorter.key = regexp_replace(spellings.key, ' (city|शहर)$', '')
      )
      ORDER BY key, shops DESC, oldest;

      UPDATE shops SET city = known_city(city) WHERE city <> known_city(city);
      UPDATE cart_lines SET shop_city = city FROM shops WHERE shops.id = shop_id AND shop_city <> city;

      CREATE FUNCTION shops_find_city() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        found text;
      BEGIN
        FOR attempt IN 1..2 LOOP
          SELECT name INTO found FROM cities WHERE name IN (NEW.city, known_city(NEW.city))
          ORDER BY name = NEW.city DESC LIMIT 1 FOR KEY SHARE;
          EXIT WHEN found IS NOT NULL;
          PERFORM pg_advisory_xact_lock(hashtext('cities'));
        END LOOP;
        IF found IS NULL THEN
          INSERT INTO cities (name) VALUES (NEW.city) RETURNING name INTO found;
        END IF;
        NEW.city := found;
        RETURN NEW;
      END $$;
      CREATE TRIGGER shops_find_city BEFORE INSERT OR UPDATE OF city ON shops
        FOR EACH ROW EXECUTE FUNCTION shops_find_city();

      ALTER TABLE shops ADD CONSTRAINT shops_city_known
        FOREIGN KEY (city) REFERENCES cities ON UPDATE CASCADE;`)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE shops DROP CONSTRAINT shops_city_known;
      DROP TRIGGER shops_find_city ON shops;
      DROP FUNCTION shops_find_city;`)
  }
}
