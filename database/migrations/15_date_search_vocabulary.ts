import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Servers keep the vocabulary in memory (`app/search/postgres/vocabulary.ts`); the transaction that added a word
 * tells them which words are new. Typing errors are corrected there too, so the index for them is dropped.
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
