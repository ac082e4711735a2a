import { BaseSchema } from '@adonisjs/lucid/schema'

/** Carts are known by who holds them: `user:<id>` or `token:<hash>`. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION announce_cart(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('rows', 'carts user:' || user_id)
          FROM carts WHERE id = changed AND user_id IS NOT NULL;
        PERFORM pg_notify('rows', 'carts token:' || hash) FROM cart_tokens WHERE cart_id = changed;
      END $$;

      CREATE FUNCTION carts_announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.user_id IS NOT NULL THEN
          PERFORM pg_notify('rows', 'carts user:' || OLD.user_id);
        END IF;
        IF TG_OP <> 'DELETE' THEN
          PERFORM announce_cart(NEW.id);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER carts_announce AFTER INSERT OR DELETE OR UPDATE OF user_id, left_at ON carts
        FOR EACH ROW EXECUTE FUNCTION carts_announce();

      CREATE FUNCTION cart_lines_announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM announce_cart(coalesce(NEW.cart_id, OLD.cart_id));
        RETURN NULL;
      END $$;
      CREATE TRIGGER cart_lines_announce AFTER INSERT OR UPDATE OR DELETE ON cart_lines
        FOR EACH ROW EXECUTE FUNCTION cart_lines_announce();

      CREATE FUNCTION cart_tokens_announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('rows', 'carts token:' || coalesce(NEW.hash, OLD.hash));
        RETURN NULL;
      END $$;
      CREATE TRIGGER cart_tokens_announce AFTER INSERT OR UPDATE OR DELETE ON cart_tokens
        FOR EACH ROW EXECUTE FUNCTION cart_tokens_announce();

      CREATE TRIGGER carts_announce_all AFTER TRUNCATE ON carts
        EXECUTE FUNCTION announce_row('carts');
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TRIGGER carts_announce_all ON carts;
      DROP FUNCTION carts_announce() CASCADE;
      DROP FUNCTION cart_lines_announce() CASCADE;
      DROP FUNCTION cart_tokens_announce() CASCADE;
      DROP FUNCTION announce_cart(uuid);
    `)
  }
}
