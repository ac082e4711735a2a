import { BaseSchema } from '@adonisjs/lucid/schema'

/** Lists that are being checked before an import. `stocks` is the shop's stock by product when the list came. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('import_drafts', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('shop_id').notNullable().index().references('shops.id').onDelete('CASCADE')
      table.text('text').notNullable()
      table.text('separator').notNullable()
      table.text('decimal_mark').notNullable()
      table.boolean('has_header').notNullable().defaultTo(true)
      table.jsonb('columns')
      table.jsonb('corrections').notNullable().defaultTo('{}')
      table.jsonb('stocks').notNullable()
      table
        .timestamp('expires_at', { useTz: true })
        .notNullable()
        .defaultTo(this.raw("now() + interval '1 hour'"))
        .index()
    })
  }

  async down() {
    this.schema.dropTable('import_drafts')
  }
}
