import { rmSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { copyDataDirectory } from './copy_tree.ts'
import type { Runner } from './runner.ts'
import { STANDBY_SLOT } from './settings.ts'

/** Replication state: `streaming`; `waiting` for a connection; or `lost`, when it can never catch up. */
export type Following = 'streaming' | 'waiting' | 'lost'

// Log messages of a standby whose position the primary no longer has.
const LOST_MESSAGES = [
  /requested WAL segment \S+ has already been removed/,
  /can no longer (access|get changes from) replication slot/,
  /requested starting point .* is ahead of the WAL flush position/,
  /database system identifier differs between the primary and standby/,
  /highest timeline \d+ of the primary is behind recovery timeline/,
  /requested timeline \d+ is not a child of this server's history/,
]

/** Creates the slot that retains WAL for a standby, unless it exists. */
export async function ensureSlot(client: pg.Client, slot = STANDBY_SLOT) {
  await client.query(
    `select pg_create_physical_replication_slot($1::name, true)
     where not exists (select from pg_replication_slots where slot_name = $1)`,
    [slot]
  )
}

/**
 * Copies the running primary to a new standby at `target`.
 *
 * Used for the first start and for repairs, with the server's backup protocol. It needs no further program
 * (`pg_basebackup` is not packaged) and no downtime. The slot is created first, so the primary retains all WAL the
 * copy needs. The copy is renamed to `target` when complete.
 */
export async function buildStandby(options: {
  client: pg.Client
  runner: Runner
  source: string
  target: string
  /** Physical replication slot of the standby; recreated. */
  slot?: string
  signal?: AbortSignal
}) {
  const { client, runner, source, target, slot = STANDBY_SLOT, signal } = options
  const draft = `${target}.new`
  rmSync(draft, { recursive: true, force: true })
  await dropSlot(client, slot)
  await ensureSlot(client, slot)

  try {
    await client.query(`select pg_backup_start('embedded standby', true)`)
    await copyDataDirectory(source, draft, signal)
    const { rows } = await client.query(`select labelfile from pg_backup_stop(false)`)
    runner.write(join(draft, 'backup_label'), rows[0].labelfile)
    runner.write(join(draft, 'standby.signal'), '')
    runner.claim(draft)
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw error
  }
}

/** Removes a standby's directory, so that it is rebuilt. */
export function discardStandby(target: string) {
  const old = `${target}.old`
  rmSync(old, { recursive: true, force: true })
  // Renamed before deletion: a partial directory must not look like a standby.
  renameSync(target, old)
  rmSync(old, { recursive: true, force: true })
}

/** @param log of the standby since its start */
export async function followingOf(
  client: pg.Client,
  log: string,
  slotName = STANDBY_SLOT
): Promise<Following> {
  const { rows } = await client.query(
    `select slot.wal_status, sender.state
     from pg_replication_slots slot
     left join pg_stat_replication sender on sender.pid = slot.active_pid
     where slot.slot_name = $1`,
    [slotName]
  )
  const [slot] = rows
  if (['catchup', 'streaming'].includes(slot?.state)) return 'streaming'
  if (slot?.wal_status === 'lost' || saysLost(log)) return 'lost'
  return 'waiting'
}

/** Whether the log says that the standby can never catch up. */
export function saysLost(log: string) {
  return LOST_MESSAGES.some((message) => message.test(log))
}

async function dropSlot(client: pg.Client, name: string) {
  const slot = 'from pg_replication_slots where slot_name = $1'
  await client.query(`select pg_terminate_backend(active_pid, 2000) ${slot}`, [name])
  await client.query(`select pg_drop_replication_slot(slot_name) ${slot}`, [name])
}
