import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Flags accounts of `seed:demo`; only the seed sets the flag. Existing demo accounts are recognised by their ids
 * rather than names, which people may have chosen: the seed dates its ids to the first 1,000 s of 2025, before
 * registration was possible, with a zero where the database has a random number.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE users ADD is_demo boolean NOT NULL DEFAULT false')
    this.schema.raw(`
      UPDATE users SET is_demo = true
      WHERE uuid_extract_timestamp(id) >= timestamptz '2025-01-01 00:00:00+00'
        AND uuid_extract_timestamp(id) < timestamptz '2025-01-01 00:16:40+00'
        AND substr(id::text, 15, 4) = '7000'`)
  }

  async down() {
    this.schema.raw('ALTER TABLE users DROP is_demo')
  }
}
