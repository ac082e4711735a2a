import { BaseSchema } from '@adonisjs/lucid/schema'

/** Tables whose rows name the people who see them on pages of their own, or the order, khata or shop they are part of. */
const TABLES = {
  shops: 'INSERT',
  orders: 'INSERT OR UPDATE OR DELETE',
  // They come and go with their order.
  order_items: 'UPDATE',
  order_events: 'INSERT OR UPDATE',
  khatas: 'INSERT OR UPDATE OR DELETE',
  khata_transactions: 'INSERT OR UPDATE OR DELETE',
  khata_invitations: 'INSERT OR UPDATE OR DELETE',
}

/** Products change by the thousand, and are announced once for each statement. */
const PRODUCTS = {
  INSERT: 'REFERENCING NEW TABLE AS new_rows',
  UPDATE: 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
  DELETE: 'REFERENCING OLD TABLE AS old_rows',
}

/** Servers keep what they have read of a person's orders, khatas and shops until a change is announced. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION announce_belongings(of_people uuid[], of_shops uuid[]) RETURNS void LANGUAGE sql AS $$
        SELECT pg_notify('belongings', person::text) FROM (
          SELECT unnest(of_people) AS person UNION SELECT owner_id FROM shops WHERE id = ANY(of_shops)
        ) AS those WHERE person IS NOT NULL
      $$;

      CREATE FUNCTION rows_announce_belongings() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        changed jsonb;
        whole record;
      BEGIN
        FOREACH changed IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
          CONTINUE WHEN changed IS NULL;
          IF TG_TABLE_NAME IN ('order_items', 'order_events') THEN
            SELECT customer_id, shop_id INTO whole FROM orders WHERE id = (changed ->> 'order_id')::uuid;
            CONTINUE WHEN NOT FOUND;
            changed := to_jsonb(whole);
          ELSIF TG_TABLE_NAME = 'khata_transactions' THEN
            SELECT customer_id, shop_id INTO whole FROM khatas WHERE id = (changed ->> 'khata_id')::uuid;
            CONTINUE WHEN NOT FOUND;
            changed := to_jsonb(whole);
          END IF;
          PERFORM announce_belongings(
            ARRAY[changed ->> 'customer_id', changed ->> 'owner_id']::uuid[],
            ARRAY[changed ->> 'shop_id']::uuid[]
          );
        END LOOP;
        RETURN NULL;
      END $$;

      CREATE FUNCTION products_announce_belongings() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          PERFORM announce_belongings('{}', ARRAY(SELECT DISTINCT shop_id FROM old_rows));
        END IF;
        IF TG_OP <> 'DELETE' THEN
          PERFORM announce_belongings('{}', ARRAY(SELECT DISTINCT shop_id FROM new_rows));
        END IF;
        RETURN NULL;
      END $$;

      CREATE FUNCTION announce_all_belongings() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('belongings', '*');
        RETURN NULL;
      END $$;

      ${Object.entries(TABLES).map(triggersOf).join('')}
      ${Object.entries(PRODUCTS).map(productTriggerOf).join('')}
      CREATE TRIGGER products_announce_all_belongings AFTER TRUNCATE ON products
        EXECUTE FUNCTION announce_all_belongings();
      CREATE FUNCTION search_misses_announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('belongings', 'searches in ' || coalesce(NEW.city, OLD.city));
        RETURN NULL;
      END $$;
      CREATE TRIGGER search_misses_announce AFTER INSERT OR UPDATE OR DELETE ON search_misses
        FOR EACH ROW EXECUTE FUNCTION search_misses_announce();
      CREATE TRIGGER search_misses_announce_all AFTER TRUNCATE ON search_misses
        EXECUTE FUNCTION announce_all_belongings();
      -- All customers see the name of a shop, whether it is open, and where to pay.
      CREATE TRIGGER shops_announce_changed_belongings AFTER UPDATE OR DELETE ON shops
        FOR EACH ROW EXECUTE FUNCTION announce_all_belongings();
      CREATE TRIGGER shop_settings_announce_belongings AFTER INSERT OR UPDATE OR DELETE ON shop_settings
        FOR EACH ROW EXECUTE FUNCTION announce_all_belongings();
      CREATE TRIGGER users_announce_names AFTER UPDATE OF full_name ON users
        FOR EACH ROW WHEN (OLD.full_name IS DISTINCT FROM NEW.full_name)
        EXECUTE FUNCTION announce_all_belongings();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP FUNCTION announce_all_belongings() CASCADE;
      DROP FUNCTION search_misses_announce() CASCADE;
      DROP FUNCTION products_announce_belongings() CASCADE;
      DROP FUNCTION rows_announce_belongings() CASCADE;
      DROP FUNCTION announce_belongings(uuid[], uuid[]);
    `)
  }
}

function triggersOf([table, events]: [string, string]) {
  return `
    CREATE TRIGGER ${table}_announce_belongings AFTER ${events} ON ${table}
      FOR EACH ROW EXECUTE FUNCTION rows_announce_belongings();
    CREATE TRIGGER ${table}_announce_all_belongings AFTER TRUNCATE ON ${table}
      EXECUTE FUNCTION announce_all_belongings();`
}

function productTriggerOf([event, rows]: [string, string]) {
  return `
    CREATE TRIGGER products_announce_${event.toLowerCase()}_belongings AFTER ${event} ON products
      ${rows} FOR EACH STATEMENT EXECUTE FUNCTION products_announce_belongings();`
}
