import { BaseSchema } from '@adonisjs/lucid/schema'

const OPEN = `state NOT IN ('delivered', 'declined', 'cancelled')`

/** A covering index for the board's counts. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('DROP INDEX orders_open_index')
    this.schema.raw(
      `CREATE INDEX orders_open_index ON orders (shop_id, state, id) INCLUDE (number) WHERE ${OPEN}`
    )
  }

  async down() {
    this.schema.raw('DROP INDEX orders_open_index')
    this.schema.raw(`CREATE INDEX orders_open_index ON orders (shop_id, state, id) WHERE ${OPEN}`)
  }
}
