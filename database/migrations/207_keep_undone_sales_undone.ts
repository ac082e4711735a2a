import { BaseSchema } from '@adonisjs/lucid/schema'

const IRREVERSIBLE = `reversed.kind IN ('return', 'weight', 'amendment', 'transfer')`
const OF_UNDONE_SALE = `EXISTS (
      SELECT FROM counter_sales WHERE khata_transaction_id = reversed.reverses_id AND undone_at IS NOT NULL)`

/** What is not reversed, in a function whose other text stays. */
const irreversible = (before: string, after: string) => `
  DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('khata_reversals_undo'::regproc), $q$${before}$q$, $q$${after}$q$);
  END $do$;`

/** A sale at the counter that was undone is not charged again by a correction of that line. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(irreversible(IRREVERSIBLE, `${IRREVERSIBLE} OR ${OF_UNDONE_SALE}`))
  }

  async down() {
    this.schema.raw(irreversible(` OR ${OF_UNDONE_SALE}`, ''))
  }
}
