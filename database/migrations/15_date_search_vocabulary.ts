import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Servers keep the vocabulary in memory; which transaction taught a word tells them what they do not know
 * yet (`app/search/embedded/vocabulary.ts`). Typing errors are looked for there too, so their index goes.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE search_vocabulary ADD COLUMN learned_in xid8 NOT NULL DEFAULT pg_current_xact_id()`)
    this.schema.raw('CREATE INDEX search_vocabulary_learned_in ON search_vocabulary (learned_in)')
    this.schema.raw('DROP INDEX search_vocabulary_deletions')
    this.schema.raw('DROP FUNCTION search_deletions')
  }

  async down() {
    this.schema.raw('ALTER TABLE search_vocabulary DROP COLUMN learned_in')
  }
}
