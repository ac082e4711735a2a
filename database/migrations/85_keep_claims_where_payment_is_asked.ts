import { BaseSchema } from '@adonisjs/lucid/schema'

const UNASKED = `payment_method <> 'upi' AND paid_paise > 0 AND NOT payment_received`

/**
 * Only UPI payments are made in advance, so only they can be claimed. Claims on other orders led to refunds of
 * money that never arrived: they are withdrawn, and recorded in the history.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      INSERT INTO order_events (order_id, subject, from_value, to_value, reason)
      SELECT id, 'payment', payment_state, 'due', payment_reference FROM orders WHERE ${UNASKED}`)
    this.schema.raw(`
      UPDATE orders SET payment_state = 'due', paid_paise = 0, payment_reference = NULL
      WHERE ${UNASKED}`)
    this.schema.raw(
      `ALTER TABLE orders ADD CONSTRAINT orders_claimed_where_asked CHECK (NOT (${UNASKED}))`
    )
  }

  async down() {
    this.schema.raw('ALTER TABLE orders DROP CONSTRAINT orders_claimed_where_asked')
  }
}
