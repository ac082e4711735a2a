import { BaseSchema } from '@adonisjs/lucid/schema'

const KINDS = ['order', 'weight', 'return', 'settlement', 'transfer', 'sale', 'reversal']
const SUBJECTS = ['state', 'payment', 'item', 'undone', 'weight', 'question']

const list = (words: string[]) => words.map((word) => `'${word}'`).join(', ')

const known = (kinds: string[], subjects: string[]) => `
  ALTER TABLE khata_transactions DROP CONSTRAINT khata_transactions_kind_known,
    ADD CONSTRAINT khata_transactions_kind_known CHECK (kind IN (${list(kinds)}));
  ALTER TABLE order_events DROP CONSTRAINT order_events_subject_known,
    ADD CONSTRAINT order_events_subject_known CHECK (subject IN (${list(subjects)}));`

/** Kinds of lines that are not reversed by themselves, in a function whose other text stays. */
const irreversible = (before: string, after: string) => `
  DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('khata_reversals_undo'::regproc), $q$${before}$q$, $q$${after}$q$);
  END $do$;`

/**
 * A customer changes what was ordered until the shop accepts it. `revision` counts these changes: who accepts an order
 * says which one. `asked_paise` is the most that was asked for before a change, because it may have been paid then.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE orders
        ADD revision integer NOT NULL DEFAULT 0,
        ADD amended_at timestamptz,
        ADD asked_paise bigint NOT NULL DEFAULT 0,
        ADD CONSTRAINT orders_amended_once_revised CHECK ((revision > 0) = (amended_at IS NOT NULL));
      ${known([...KINDS, 'amendment'], [...SUBJECTS, 'amended'])}
      ${irreversible(`'weight'`, `'weight', 'amendment'`)}

      CREATE FUNCTION order_items_guard_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT state FROM orders WHERE id = NEW.order_id) <> 'placed' THEN
          RAISE EXCEPTION 'item % is as it was accepted', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_items_amended_until_accepted';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER order_items_guard_amendment BEFORE UPDATE OF quantity, price_paise ON order_items
        FOR EACH ROW WHEN ((NEW.quantity, NEW.price_paise) IS DISTINCT FROM (OLD.quantity, OLD.price_paise))
        EXECUTE FUNCTION order_items_guard_amendment();
    `)
  }

  /** Lines of khatas stay, as corrections by weight: they still count. */
  async down() {
    this.schema.raw(`
      DROP FUNCTION order_items_guard_amendment() CASCADE;
      ${irreversible(`'weight', 'amendment'`, `'weight'`)}
      DELETE FROM order_events WHERE subject = 'amended';
      ALTER TABLE khata_transactions DISABLE TRIGGER khata_is_written_once;
      UPDATE khata_transactions SET kind = 'weight' WHERE kind = 'amendment';
      ALTER TABLE khata_transactions ENABLE TRIGGER khata_is_written_once;
      ${known(KINDS, SUBJECTS)}
      ALTER TABLE orders DROP revision, DROP amended_at, DROP asked_paise;
    `)
  }
}
