import { BaseSchema } from '@adonisjs/lucid/schema'

/** Indexes for the cleanup of expired data. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE INDEX left_sessions_left_at_index ON left_sessions (left_at)')
    this.schema.raw(`
      CREATE INDEX khata_invitations_ended_index
      ON khata_invitations (coalesce(answered_at, expires_at)) WHERE state <> 'accepted'`)
  }

  async down() {
    this.schema.raw('DROP INDEX left_sessions_left_at_index, khata_invitations_ended_index')
  }
}
