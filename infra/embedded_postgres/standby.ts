import { rmSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { copyDataDirectory } from './copy_tree.ts'
import type { Runner } from './runner.ts'
import { STANDBY_SLOT } from './settings.ts'

/**
 * How a standby follows: `streaming`; `waiting` until it is connected; or `lost`, when it can never
 * catch up again.
 */
export type Following = 'streaming' | 'waiting' | 'lost'

// What a standby logs when the primary has no use for its position any more.
const LOST_MESSAGES = [
  /requested WAL segment \S+ has already been removed/,
  /can no longer (access|get changes from) replication slot/,
  /requested starting point .* is ahead of the WAL flush position/,
  /database system identifier differs between the primary and standby/,
  /highest timeline \d+ of the primary is behind recovery timeline/,
  /requested timeline \d+ is not a child of this server's history/,
]

/** Makes the slot that keeps WAL for a standby, unless it is there. */
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
 * One way serves the first start and every repair: the server's own backup protocol. It needs
 * no program beside the server (`pg_basebackup` is not packaged) and does not stop the primary. The
 * slot is made first, so the primary keeps all WAL that the copy will ask for. The copy gets its name
 * when it is whole.
 */
export async function buildStandby(options: {
  client: pg.Client
  runner: Runner
  source: string
  target: string
  /** The physical replication slot of the standby; made anew. */
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

/** Takes a standby's directory away, so that it is built anew. */
export function discardStandby(target: string) {
  const old = `${target}.old`
  rmSync(old, { recursive: true, force: true })
  // First the name, then the files: half a directory must not look like a standby.
  renameSync(target, old)
  rmSync(old, { recursive: true, force: true })
}

/** @param log what the standby logged since its start */
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

/** True when a log holds a message of a standby that can never catch up again. */
export function saysLost(log: string) {
  return LOST_MESSAGES.some((message) => message.test(log))
}

async function dropSlot(client: pg.Client, name: string) {
  const slot = 'from pg_replication_slots where slot_name = $1'
  await client.query(`select pg_terminate_backend(active_pid, 2000) ${slot}`, [name])
  await client.query(`select pg_drop_replication_slot(slot_name) ${slot}`, [name])
}
