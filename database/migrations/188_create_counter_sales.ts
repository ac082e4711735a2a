import { BaseSchema } from '@adonisjs/lucid/schema'

const refuse = (constraint: string) =>
  `USING ERRCODE = 'check_violation', CONSTRAINT = '${constraint}'`

const kinds = (all: string[], withoutOrder: string[]) => `
  ALTER TABLE khata_transactions
    DROP CONSTRAINT khata_transactions_kind_known,
    ADD CONSTRAINT khata_transactions_kind_known CHECK (
      kind IN (${all.map((kind) => `'${kind}'`).join(', ')})),
    DROP CONSTRAINT khata_transactions_name_their_order,
    ADD CONSTRAINT khata_transactions_name_their_order CHECK (
      kind = 'reversal' OR (kind IN (${withoutOrder.map((kind) => `'${kind}'`).join(', ')})) = (order_id IS NULL));`

const BEFORE = ['order', 'weight', 'return', 'settlement', 'transfer', 'reversal']

/**
 * What a shop sells over its counter. A sale is written once, and undone on the same Indian day. `taken` is what came out
 * of the stock, which can be less than was sold when the stock was not right.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE counter_sales (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        shop_id uuid NOT NULL REFERENCES shops,
        amount_paise bigint NOT NULL,
        payment text NOT NULL,
        khata_transaction_id uuid UNIQUE REFERENCES khata_transactions,
        actor_id uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL DEFAULT now(),
        sold_on date NOT NULL DEFAULT indian_date(now()),
        undone_at timestamptz,
        CONSTRAINT counter_sales_amount_in_range CHECK (amount_paise BETWEEN 1 AND 1000000000),
        CONSTRAINT counter_sales_payment_known CHECK (payment IN ('cash', 'upi', 'khata')),
        CONSTRAINT counter_sales_on_khata CHECK ((payment = 'khata') = (khata_transaction_id IS NOT NULL))
      );
      CREATE INDEX counter_sales_shop_day_index ON counter_sales (shop_id, sold_on, id);
      CREATE INDEX counter_sales_actor_id_index ON counter_sales (actor_id);

      CREATE TABLE counter_sale_lines (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        sale_id uuid NOT NULL REFERENCES counter_sales ON DELETE CASCADE,
        product_id uuid REFERENCES products ON DELETE SET NULL,
        name text NOT NULL,
        name_hi text,
        unit text NOT NULL,
        measure text NOT NULL,
        sold_as text NOT NULL,
        net_quantity integer NOT NULL,
        quantity integer NOT NULL,
        price_paise integer NOT NULL,
        amount_paise bigint NOT NULL,
        taken integer NOT NULL,
        CONSTRAINT counter_sale_lines_quantity_positive CHECK (quantity > 0 AND taken BETWEEN 0 AND quantity)
      );
      CREATE INDEX counter_sale_lines_sale_id_index ON counter_sale_lines (sale_id);
      CREATE INDEX counter_sale_lines_product_id_index ON counter_sale_lines (product_id);

      CREATE FUNCTION counter_sales_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          IF EXISTS (
            SELECT FROM shops JOIN users ON users.id = owner_id WHERE shops.id = OLD.shop_id AND is_demo
          ) THEN
            RETURN OLD;
          END IF;
          RAISE EXCEPTION 'a counter sale stays' ${refuse('counter_sales_stay')};
        END IF;
        IF OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL
          OR to_jsonb(NEW) - 'undone_at' <> to_jsonb(OLD) - 'undone_at'
        THEN
          RAISE EXCEPTION 'a counter sale is undone once, and not changed' ${refuse('counter_sales_stay')};
        END IF;
        IF OLD.sold_on <> indian_date(now()) THEN
          RAISE EXCEPTION 'a counter sale is undone on its day' ${refuse('counter_sales_undone_in_time')};
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER counter_sales_guard BEFORE UPDATE OR DELETE ON counter_sales
        FOR EACH ROW EXECUTE FUNCTION counter_sales_guard();

      CREATE FUNCTION counter_sale_lines_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM counter_sales WHERE id = OLD.sale_id) THEN
          RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' THEN
          IF NEW.product_id IS NULL AND to_jsonb(NEW) - 'product_id' = to_jsonb(OLD) - 'product_id' THEN
            RETURN NEW;
          END IF;
        END IF;
        RAISE EXCEPTION 'a counter sale stays' ${refuse('counter_sales_stay')};
      END $$;
      CREATE TRIGGER counter_sale_lines_guard BEFORE UPDATE OR DELETE ON counter_sale_lines
        FOR EACH ROW EXECUTE FUNCTION counter_sale_lines_guard();

      CREATE TRIGGER counter_sales_announce_belongings AFTER INSERT OR UPDATE OR DELETE ON counter_sales
        FOR EACH ROW EXECUTE FUNCTION rows_announce_belongings();
      CREATE TRIGGER counter_sales_announce_all_belongings AFTER TRUNCATE ON counter_sales
        EXECUTE FUNCTION announce_all_belongings();
      ${kinds([...BEFORE, 'sale'], ['settlement', 'transfer', 'sale'])}`)
  }

  /** What was sold on khata stays in the khata, as a line that adds to it. */
  async down() {
    this.schema.raw(`
      DROP TABLE counter_sale_lines;
      DROP TABLE counter_sales;
      DROP FUNCTION counter_sale_lines_guard();
      DROP FUNCTION counter_sales_guard();
      ALTER TABLE khata_transactions DISABLE TRIGGER USER;
      ALTER TABLE khata_entries DISABLE TRIGGER USER;
      UPDATE khata_entries SET account = 'cash' WHERE account = 'sales' AND transaction_id IN (
        SELECT id FROM khata_transactions WHERE kind = 'sale' OR reverses_id IN (
          SELECT id FROM khata_transactions WHERE kind = 'sale'));
      UPDATE khata_transactions SET kind = 'settlement' WHERE kind = 'sale';
      ALTER TABLE khata_transactions ENABLE TRIGGER USER;
      ALTER TABLE khata_entries ENABLE TRIGGER USER;
      ${kinds(BEFORE, ['settlement', 'transfer'])}`)
  }
}
