import { BaseSchema } from '@adonisjs/lucid/schema'

/** Elasticsearch also matches queries against distinct names, so these are announced. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE search_names ADD COLUMN id uuid NOT NULL DEFAULT uuidv7(),
      ADD CONSTRAINT search_names_replica_identity UNIQUE (id)`)
    this.schema.raw(
      'ALTER TABLE search_names REPLICA IDENTITY USING INDEX search_names_replica_identity'
    )
    this.schema.raw('ALTER PUBLICATION dbz_publication ADD TABLE search_names')
  }

  async down() {
    this.schema.raw('ALTER PUBLICATION dbz_publication DROP TABLE search_names')
    this.schema.raw('ALTER TABLE search_names REPLICA IDENTITY DEFAULT')
    this.schema.raw('ALTER TABLE search_names DROP COLUMN id')
  }
}
