import { APPLICATION_DATABASE } from '../../embedded_postgres/settings.ts'
import { createPrimary, isComplete, prepareRoles } from '../../embedded_postgres/data_directory.ts'
import { ensureSlot } from '../../embedded_postgres/standby.ts'
import { ensureRoles, grantAnnouncedTables } from '../roles.ts'
import type { StackContext } from '../part.ts'
import { Postgres } from './postgres.ts'

/** Physical replication slots that retain the replicas' WAL on the primary. */
const REPLICA_SLOTS = ['replica_1', 'replica_2']

/** The primary: the only writable server. */
export class Primary extends Postgres {
  constructor(stack: StackContext) {
    super(stack, 'primary')
  }

  override async start() {
    await super.start()
    await this.query(async (client) => {
      await ensureRoles(client, this.stack.settings.passwords)
      for (const slot of REPLICA_SLOTS) await ensureSlot(client, slot)
    })
    await this.query(grantAnnouncedTables, APPLICATION_DATABASE)
  }

  protected get settings() {
    return {}
  }

  protected async prepare() {
    const { passwords, ports } = this.stack.settings
    const state = {
      password: passwords.application,
      adminPassword: passwords.admin,
      primaryPort: ports.primary,
      standbyPort: ports['replica-1'],
    }
    const { runner } = this.stack
    // The environment's passwords apply, even if changed since the last start.
    if (isComplete(this.directory)) return prepareRoles(runner, this.directory, state)
    this.say('creating the database cluster')
    await createPrimary(runner, this.directory, state)
  }
}
