import { BaseSchema } from '@adonisjs/lucid/schema'

const MEASURES = `'weight', 'volume', 'length', 'pieces'`

/** Direct deletions are refused; what goes with its parent row may go. */
const goesWith = (parent: string, key: string) => `
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM ${parent} WHERE id = OLD.${key}) THEN
    RETURN OLD;
  END IF;`

const REFUSED = `
  RAISE EXCEPTION 'what is written in a bill stays'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'bills_are_written_once';`

/**
 * A bill copies everything that it shows. It is numbered by its shop, kind of series and financial year, from a row
 * that stays locked until the commit, so there are no gaps. Once written it can only be cancelled.
 *
 * Series: P plain bills, S bills of supply of a composition scheme, T the documents of a regular taxpayer.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE FUNCTION indian_date(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE STRICT
      RETURN (moment AT TIME ZONE 'Asia/Kolkata')::date;

      CREATE FUNCTION financial_year(day date) RETURNS text LANGUAGE sql IMMUTABLE STRICT
      RETURN to_char(day - interval '3 months', 'YYYY') || '-' || to_char(day + interval '9 months', 'YY');

      CREATE TABLE bill_numbers (
        shop_id uuid NOT NULL REFERENCES shops (id) ON DELETE CASCADE,
        financial_year text NOT NULL,
        series text NOT NULL,
        last integer NOT NULL,
        PRIMARY KEY (shop_id, financial_year, series)
      );

      CREATE TABLE bills (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        order_id uuid NOT NULL UNIQUE REFERENCES orders (id) ON DELETE CASCADE,
        order_number bigint NOT NULL,
        shop_id uuid NOT NULL REFERENCES shops (id),
        kind text NOT NULL,
        tax_scheme text,
        number text NOT NULL,
        issued_on date NOT NULL,
        shop_name text NOT NULL,
        shop_legal_name text,
        shop_address text NOT NULL,
        shop_state text,
        gstin text,
        fssai_number text,
        customer_name text NOT NULL,
        customer_address text,
        place_of_supply text,
        items_paise bigint NOT NULL,
        delivery_fee_paise bigint NOT NULL,
        total_paise bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        cancelled_at timestamptz,
        CONSTRAINT bills_shop_number_unique UNIQUE (shop_id, number),
        CONSTRAINT bills_number_form CHECK (number ~ '^[A-Za-z0-9/-]{1,16}$'),
        CONSTRAINT bills_kind_known CHECK (
          kind IN ('bill', 'bill_of_supply', 'tax_invoice', 'invoice_cum_bill_of_supply')),
        CONSTRAINT bills_kind_of_scheme CHECK (
          CASE coalesce(tax_scheme, 'unregistered')
            WHEN 'unregistered' THEN kind = 'bill'
            WHEN 'composition' THEN kind = 'bill_of_supply'
            ELSE tax_scheme = 'regular' AND kind <> 'bill'
          END),
        CONSTRAINT bills_states_form CHECK (shop_state ~ '^[0-9]{2}$' AND place_of_supply ~ '^[0-9]{2}$'),
        CONSTRAINT bills_total_adds_up CHECK (
          items_paise > 0 AND delivery_fee_paise >= 0 AND total_paise = items_paise + delivery_fee_paise)
      );
      CREATE INDEX bills_shop_month_index ON bills (shop_id, issued_on);

      CREATE TABLE bill_lines (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        bill_id uuid NOT NULL REFERENCES bills (id) ON DELETE CASCADE,
        position integer NOT NULL,
        name text NOT NULL,
        name_hi text,
        unit text NOT NULL,
        measure text NOT NULL,
        sold_as text NOT NULL,
        net_quantity integer NOT NULL,
        ordered_quantity integer NOT NULL,
        quantity integer NOT NULL,
        price_paise integer NOT NULL,
        hsn_code text,
        gst_basis_points integer,
        amount_paise bigint NOT NULL,
        fee_paise bigint NOT NULL,
        taxable_paise bigint NOT NULL,
        cgst_paise bigint NOT NULL,
        sgst_paise bigint NOT NULL,
        igst_paise bigint NOT NULL,
        CONSTRAINT bill_lines_position_unique UNIQUE (bill_id, position),
        CONSTRAINT bill_lines_measure_known CHECK (measure IN (${MEASURES}) AND sold_as IN ('packed', 'loose')),
        CONSTRAINT bill_lines_amounts_in_range CHECK (
          amount_paise > 0 AND least(fee_paise, taxable_paise, cgst_paise, igst_paise) >= 0),
        CONSTRAINT bill_lines_include_tax CHECK (
          taxable_paise + cgst_paise + sgst_paise + igst_paise = amount_paise + fee_paise),
        CONSTRAINT bill_lines_equal_halves CHECK (cgst_paise = sgst_paise AND (cgst_paise = 0 OR igst_paise = 0))
      );

      CREATE FUNCTION number_bill() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        of_series text := CASE NEW.tax_scheme WHEN 'composition' THEN 'S' WHEN 'regular' THEN 'T' ELSE 'P' END;
        counted integer;
      BEGIN
        NEW.created_at := now();
        NEW.issued_on := indian_date(NEW.created_at);
        NEW.cancelled_at := NULL;
        INSERT INTO bill_numbers AS numbers VALUES (NEW.shop_id, financial_year(NEW.issued_on), of_series, 1)
          ON CONFLICT (shop_id, financial_year, series) DO UPDATE SET last = numbers.last + 1
          RETURNING last INTO counted;
        NEW.number := of_series || financial_year(NEW.issued_on) || '/'
          || lpad(counted::text, greatest(6, length(counted::text)), '0');
        RETURN NEW;
      END $$;
      CREATE TRIGGER bills_number BEFORE INSERT ON bills FOR EACH ROW EXECUTE FUNCTION number_bill();

      CREATE FUNCTION bills_are_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        ${goesWith('orders', 'order_id')}
        IF TG_OP = 'UPDATE' THEN
          IF OLD.cancelled_at IS NULL AND to_jsonb(NEW) - 'cancelled_at' = to_jsonb(OLD) - 'cancelled_at' THEN
            RETURN NEW;
          END IF;
        END IF;
        ${REFUSED}
      END $$;
      CREATE TRIGGER bills_are_written_once BEFORE UPDATE OR DELETE ON bills
        FOR EACH ROW EXECUTE FUNCTION bills_are_written_once();

      CREATE FUNCTION bill_lines_are_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        ${goesWith('bills', 'bill_id')}
        ${REFUSED}
      END $$;
      CREATE TRIGGER bill_lines_are_written_once BEFORE UPDATE OR DELETE ON bill_lines
        FOR EACH ROW EXECUTE FUNCTION bill_lines_are_written_once();

      CREATE FUNCTION bills_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        of_bill uuid := CASE TG_TABLE_NAME WHEN 'bills' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'bill_id' END;
      BEGIN
        IF NOT EXISTS (
          SELECT FROM bills AS b JOIN bill_lines AS l ON l.bill_id = b.id WHERE b.id = of_bill
            GROUP BY b.id
            HAVING sum(l.amount_paise) = b.items_paise AND sum(l.fee_paise) = b.delivery_fee_paise
        ) THEN
          RAISE EXCEPTION 'the lines of bill % do not add up to it', of_bill
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bills_add_up';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER bills_add_up AFTER INSERT ON bills
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bills_add_up();
      CREATE CONSTRAINT TRIGGER bill_lines_add_up AFTER INSERT ON bill_lines
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bills_add_up();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE bill_lines, bills, bill_numbers;
      DROP FUNCTION number_bill, bills_are_written_once, bill_lines_are_written_once, bills_add_up, financial_year,
        indian_date;
    `)
  }
}
