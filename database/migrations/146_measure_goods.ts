import { BaseSchema } from '@adonisjs/lucid/schema'

/** Base units (g, ml, cm, piece) of each word. */
const WORDS: Record<string, [size: number, words: string][]> = {
  weight: [
    [1000, 'kg kgs kilo kilos kilogram kilograms किलो किग्रा किलोग्राम'],
    [1, 'g gm gms gr gram grams ग्राम ग्रा'],
  ],
  volume: [
    [1000, 'l lt ltr ltrs liter liters litre litres लीटर लिटर'],
    [1, 'ml मिली मिलीलीटर एमएल'],
  ],
  length: [
    [100, 'm mtr mtrs meter meters metre metres मीटर'],
    [1, 'cm cms सेमी'],
  ],
  pieces: [
    [12, 'dozen dozens doz दर्जन'],
    [
      1,
      'piece pieces pc pcs नग पीस stick sticks bag bags pad pads bunch bunches tablet tablets capsule capsules sheet ' +
        'sheets roll rolls candle candles cube cubes egg eggs bar bars sachet sachets wipe wipes diaper diapers ' +
        'blade blades coil coils pencil pencils pen pens cup cups plate plates',
    ],
  ],
}

const SIZES = Object.entries(WORDS).flatMap(([measure, sizes]) => {
  return sizes.flatMap(([size, words]) =>
    words.split(' ').map((word) => `('${word}', '${measure}', ${size})`)
  )
})

/** Goods of each measure that are sold loose: the words for the price unit, its size, and the standard amounts. */
const LOOSE = `(VALUES
  ('weight', 'kg', 1000, 50, 50, ARRAY[100, 250, 500, 1000]),
  ('volume', 'l', 1000, 50, 50, ARRAY[100, 250, 500, 1000]),
  ('length', 'm', 100, 10, 10, ARRAY[50, 100, 200]),
  ('pieces', 'dozen', 12, 1, 1, ARRAY[6, 12])
) AS known_standard (measure, unit, size, smallest, step, presets)`

const PER = `CASE sold_as WHEN 'loose' THEN net_quantity ELSE 1 END`

/** Lines copy the measure of the product, which may change or be deleted. */
const LINES = ['cart_lines', 'order_items']

/** What a line is worth to the schema before: the words for its amount at its price. */
const AMOUNT = `CASE measure
  WHEN 'weight' THEN quantity || ' g' WHEN 'volume' THEN quantity || ' ml'
  WHEN 'length' THEN quantity || ' cm' ELSE quantity || ' pieces' END`

/**
 * Goods have a measure in a whole base unit: g, ml, cm or piece. Quantities count packs of packed goods and base units
 * of loose goods, and a price is for one pack, or for one kg, l, m or dozen: `net_quantity` base units.
 *
 * `read_unit` is `readUnit` of `app/measures`; `line_paise` is `lineTotal`.
 */
export default class extends BaseSchema {
  async up() {
    this.#functions()
    this.schema.raw(`
      ALTER TABLE products
        ADD measure text, ADD net_quantity integer, ADD sold_as text NOT NULL DEFAULT 'packed',
        ADD smallest integer, ADD step integer, ADD presets integer[],
        ADD unit_price_paise bigint;
      CREATE TRIGGER products_measure BEFORE INSERT OR UPDATE OF
        unit, measure, net_quantity, sold_as, smallest, step, presets, price_paise, unit_price_paise
        ON products FOR EACH ROW EXECUTE FUNCTION products_measure();
      UPDATE products SET measure = coalesce(known.measure, 'pieces'), net_quantity = coalesce(known.net_quantity, 1)
        FROM (SELECT unit, (read_unit(unit)).* FROM (SELECT DISTINCT unit FROM products) AS units) AS known
        WHERE known.unit = products.unit;
      ALTER TABLE products
        ALTER measure SET NOT NULL, ALTER net_quantity SET NOT NULL, ALTER unit_price_paise SET NOT NULL,
        ADD CONSTRAINT products_measure_known CHECK (measure IN ('weight', 'volume', 'length', 'pieces')),
        ADD CONSTRAINT products_sold_as_known CHECK (sold_as IN ('packed', 'loose')),
        ADD CONSTRAINT products_net_quantity_in_range CHECK (net_quantity BETWEEN 1 AND 1000000),
        ADD CONSTRAINT products_unit_agrees CHECK (
          (read_unit(unit)).measure IS NULL
          OR ((read_unit(unit)).measure, (read_unit(unit)).net_quantity) = (measure, net_quantity)),
        ADD CONSTRAINT products_loose_amounts CHECK (
          CASE sold_as
            WHEN 'packed' THEN smallest IS NULL AND step IS NULL AND presets IS NULL
            ELSE smallest IS NOT NULL AND step IS NOT NULL AND presets IS NOT NULL
              AND smallest BETWEEN 1 AND 99 * net_quantity AND step BETWEEN 1 AND 99 * net_quantity
              AND cardinality(presets) <= 8 AND smallest <= ALL (presets)
              AND 99 * net_quantity >= ALL (presets)
              AND line_paise(price_paise, smallest, net_quantity) > 0
          END),
        DROP CONSTRAINT products_stock_in_range,
        ADD CONSTRAINT products_stock_in_range CHECK (stock BETWEEN 0 AND largest_stock(sold_as));
    `)
    for (const table of LINES) {
      this.schema.raw(`
        ALTER TABLE ${table}
          ADD measure text, ADD net_quantity integer, ADD sold_as text NOT NULL DEFAULT 'packed';
        CREATE TRIGGER ${table}_measure BEFORE INSERT ON ${table}
          FOR EACH ROW WHEN (NEW.measure IS NULL OR NEW.net_quantity IS NULL)
          EXECUTE FUNCTION lines_measure();`)
    }
    this.schema.raw(`
      ALTER TABLE order_items DISABLE TRIGGER USER;
      ALTER TABLE order_items ADD amount_paise bigint, ADD packed_quantity integer, ADD asked_quantity integer;
      UPDATE order_items SET measure = coalesce(known.measure, 'pieces'),
        net_quantity = coalesce(known.net_quantity, 1), amount_paise = price_paise::bigint * quantity
        FROM (SELECT unit, (read_unit(unit)).* FROM (SELECT DISTINCT unit FROM order_items) AS units) AS known
        WHERE known.unit = order_items.unit;
      ALTER TABLE order_items ENABLE TRIGGER USER;
      UPDATE cart_lines SET measure = coalesce((read_unit(unit)).measure, 'pieces'),
        net_quantity = coalesce((read_unit(unit)).net_quantity, 1);
    `)
    for (const table of LINES) {
      this.schema.raw(`
        ALTER TABLE ${table}
          ALTER measure SET NOT NULL, ALTER net_quantity SET NOT NULL,
          ADD CONSTRAINT ${table}_measure_known CHECK (measure IN ('weight', 'volume', 'length', 'pieces')),
          ADD CONSTRAINT ${table}_sold_as_known CHECK (sold_as IN ('packed', 'loose')),
          ADD CONSTRAINT ${table}_net_quantity_in_range CHECK (net_quantity BETWEEN 1 AND 1000000),
          DROP CONSTRAINT ${table}_quantity_in_range,
          ADD CONSTRAINT ${table}_quantity_in_range CHECK (quantity BETWEEN 1 AND 99 * ${PER});`)
    }
    this.schema.raw(`
      CREATE FUNCTION order_items_amount() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.amount_paise := line_paise(NEW.price_paise, NEW.quantity,
          CASE NEW.sold_as WHEN 'loose' THEN NEW.net_quantity ELSE 1 END);
        RETURN NEW;
      END $$;
      CREATE TRIGGER order_items_of_amount BEFORE INSERT ON order_items
        FOR EACH ROW WHEN (NEW.amount_paise IS NULL) EXECUTE FUNCTION order_items_amount();
      ALTER TABLE order_items
        ALTER amount_paise SET NOT NULL,
        ADD CONSTRAINT order_items_weighed_when_loose CHECK (
          sold_as = 'loose' OR (packed_quantity IS NULL AND asked_quantity IS NULL)),
        ADD CONSTRAINT order_items_weight_in_range CHECK (
          packed_quantity BETWEEN 1 AND 1000000 AND asked_quantity BETWEEN 1 AND 1000000),
        ADD CONSTRAINT order_items_amount_in_range CHECK (
          amount_paise BETWEEN 1 AND line_paise(price_paise, coalesce(packed_quantity, quantity), ${PER}));
    `)
  }

  /**
   * Loose goods become packs of one price unit. A loose line of an order stays readable, as one pack of its amount
   * that leads to no product; loose lines of carts go.
   */
  async down() {
    this.schema.raw(`
      DELETE FROM cart_lines WHERE sold_as = 'loose';
      ALTER TABLE order_items DROP CONSTRAINT order_items_amount_in_range,
        DROP CONSTRAINT order_items_weighed_when_loose, DROP CONSTRAINT order_items_weight_in_range;
      ALTER TABLE order_items DISABLE TRIGGER USER;
      UPDATE order_items SET quantity = coalesce(packed_quantity, quantity) WHERE sold_as = 'loose';
      UPDATE order_items SET product_id = NULL, unit = ${AMOUNT}, price_paise = amount_paise, quantity = 1
        WHERE sold_as = 'loose';
      ALTER TABLE order_items ENABLE TRIGGER USER;
      DROP FUNCTION order_items_amount() CASCADE;
      ALTER TABLE order_items DROP amount_paise, DROP packed_quantity, DROP asked_quantity;
    `)
    for (const table of LINES) {
      this.schema.raw(`
        DROP TRIGGER ${table}_measure ON ${table};
        ALTER TABLE ${table} DROP CONSTRAINT ${table}_quantity_in_range,
          DROP measure, DROP net_quantity, DROP sold_as,
          ADD CONSTRAINT ${table}_quantity_in_range CHECK (quantity BETWEEN 1 AND 99);`)
    }
    this.schema.raw(`
      ALTER TABLE products DROP CONSTRAINT products_stock_in_range, DROP CONSTRAINT products_unit_agrees;
      DROP TRIGGER products_measure ON products;
      UPDATE products SET stock = least(stock / net_quantity, 1000000), unit = '1 ' || unit WHERE sold_as = 'loose';
      ALTER TABLE products
        DROP measure, DROP net_quantity, DROP sold_as, DROP smallest, DROP step, DROP presets,
        DROP unit_price_paise,
        ADD CONSTRAINT products_stock_in_range CHECK (stock BETWEEN 0 AND 1000000);
      DROP FUNCTION products_measure, lines_measure, read_unit, line_paise, largest_stock;
    `)
  }

  #functions() {
    this.#create(`
      CREATE FUNCTION line_paise(price_paise bigint, quantity bigint, per bigint) RETURNS bigint
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN (2 * price_paise * quantity + per) / (2 * per);

      CREATE FUNCTION largest_stock(sold_as text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN CASE sold_as WHEN 'loose' THEN 100000000 ELSE 1000000 END;

      CREATE FUNCTION read_unit(unit text, OUT measure text, OUT net_quantity integer)
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      DECLARE
        parts text[] := regexp_match(
          lower(translate(unit, '०१२३४५६७८९×*', '0123456789xx')),
          '^(?:([0-9]{1,3}) ?x ?)?(?:([0-9]{1,6}(?:[.][0-9]{1,3})?)|([0-9]{1,2})/([1-9][0-9]?))? ?([^0-9. ]+)[.]?$');
        size integer;
        amount numeric;
      BEGIN
        SELECT known.measure, known.size INTO measure, size
          FROM (VALUES ${SIZES.join(', ')}) AS known (word, measure, size) WHERE word = parts[5];
        amount := coalesce(parts[1]::numeric, 1) * size * coalesce(parts[2], parts[3], '1')::numeric
          / coalesce(parts[4]::numeric, 1);
        IF amount = round(amount) AND amount BETWEEN 1 AND 1000000 THEN
          net_quantity := amount;
        ELSE
          measure := NULL;
        END IF;
      END $$;

      CREATE FUNCTION products_measure() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        known record := read_unit(coalesce(NEW.unit, ''));
        standard record;
        is_read boolean := NEW.measure IS NULL OR NEW.net_quantity IS NULL;
      BEGIN
        IF NEW.sold_as = 'loose' THEN
          NEW.measure := coalesce(NEW.measure, known.measure, 'pieces');
          SELECT * INTO standard FROM ${LOOSE} WHERE known_standard.measure = NEW.measure;
          NEW.unit := standard.unit;
          NEW.net_quantity := standard.size;
          NEW.smallest := coalesce(NEW.smallest, standard.smallest);
          NEW.step := coalesce(NEW.step, standard.step);
          NEW.presets := coalesce(NEW.presets, standard.presets);
        ELSE
          IF TG_OP = 'UPDATE' AND NEW.unit <> OLD.unit THEN
            is_read := is_read OR (NEW.measure, NEW.net_quantity) = (OLD.measure, OLD.net_quantity);
          END IF;
          IF is_read THEN
            NEW.measure := coalesce(known.measure, 'pieces');
            NEW.net_quantity := coalesce(known.net_quantity, 1);
          END IF;
          NEW.smallest := NULL;
          NEW.step := NULL;
          NEW.presets := NULL;
        END IF;
        NEW.unit_price_paise := line_paise(NEW.price_paise,
          CASE NEW.measure WHEN 'length' THEN 100 WHEN 'pieces' THEN 1 ELSE 1000 END, NEW.net_quantity);
        RETURN NEW;
      END $$;

      CREATE FUNCTION lines_measure() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        known record := read_unit(coalesce(NEW.unit, ''));
      BEGIN
        NEW.measure := coalesce(known.measure, 'pieces');
        NEW.net_quantity := coalesce(known.net_quantity, 1);
        RETURN NEW;
      END $$;
    `)
  }

  /** A question mark alone would be a binding. */
  #create(statement: string) {
    this.schema.raw(statement.replaceAll('?', '\\?'))
  }
}
