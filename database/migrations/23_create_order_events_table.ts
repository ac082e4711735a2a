import { BaseSchema } from '@adonisjs/lucid/schema'

/** The history of an order: who changed what, when, and why. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('order_events', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('order_id').notNullable().references('orders.id').onDelete('CASCADE').index()
      table.uuid('actor_id').references('users.id').onDelete('SET NULL')
      table.text('subject').notNullable()
      table.text('from_value')
      table.text('to_value').notNullable()
      table.text('reason')
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.check(`subject IN ('state', 'payment', 'item')`, [], 'order_events_subject_known')
    })
  }

  async down() {
    this.schema.dropTable('order_events')
  }
}
