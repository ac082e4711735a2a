import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Outcomes of forms with an idempotency key. `holder` is the user, or the key itself when there is no user yet.
 * Includes the orders of the last week with an `Idempotency-Key`, which used to be stored with the order.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('form_submissions', (table) => {
      table.uuid('holder').notNullable()
      table.text('form').notNullable()
      table.uuid('key').notNullable()
      table.text('digest').notNullable()
      table.jsonb('outcome')
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now()).index()
      table.primary(['holder', 'form', 'key'])
    })
    this.schema.raw(`
      INSERT INTO form_submissions (holder, form, key, digest, outcome, created_at)
      SELECT customer_id, 'api.orders.store', checkout_key, request_digest,
        jsonb_build_object('id', id), created_at
      FROM orders WHERE request_digest IS NOT NULL AND created_at > now() - interval '7 days'`)
    this.schema.alterTable('orders', (table) => {
      table.dropUnique(['customer_id', 'checkout_key'], 'orders_customer_checkout_unique')
      table.dropColumns('checkout_key', 'request_digest')
    })
  }

  async down() {
    this.schema.alterTable('orders', (table) => {
      table.uuid('checkout_key').notNullable().defaultTo(this.raw('uuidv7()'))
      table.text('request_digest')
    })
    this.schema.raw(`
      UPDATE orders SET checkout_key = key, request_digest = digest
      FROM form_submissions WHERE form = 'api.orders.store' AND outcome ->> 'id' = orders.id::text`)
    this.schema.alterTable('orders', (table) => {
      table.unique(['customer_id', 'checkout_key'], {
        indexName: 'orders_customer_checkout_unique',
      })
    })
    this.schema.raw('ALTER TABLE orders ALTER checkout_key DROP DEFAULT')
    this.schema.dropTable('form_submissions')
  }
}
