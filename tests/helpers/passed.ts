import app from '@adonisjs/core/services/app'
import { Passed } from '#replication/passed'
import { Replication } from '#replication/replication'
import { eventually } from '#tests/helpers/eventually'

/** Waits until the caches of this process and the replica have passed everything written so far. */
export async function everythingPassed() {
  const passed = await app.container.make(Passed)
  const replication = await app.container.make(Replication)
  const position = await replication.currentPosition()
  await eventually(() => {
    if (!passed.has(position)) throw new Error('Some process or replica is behind')
  }, 20_000)
}
