import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, open, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const CONCURRENCY = 8

/** Contents excluded from a base backup; the directories themselves are created. */
const LEFT_OUT = [
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.+/,
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|current_logfiles|standby\.signal)$/,
  /(^|\/)(pgsql_tmp[^/]*|pg_internal\.init[^/]*|[^/]+\.draft)(\/|$)/,
]
const CONTROL_FILE = join('global', 'pg_control')

/** Whether a path in the data directory must not be copied to a standby. */
export function isLeftOut(path: string) {
  return LEFT_OUT.some((pattern) => pattern.test(path))
}

/**
 * Copies a data directory, also of a server in backup mode, and fsyncs the copy. Files removed meanwhile are
 * skipped: WAL replay makes up for them.
 */
export async function copyDataDirectory(source: string, target: string, signal?: AbortSignal) {
  const { directories, files } = await list(source)
  const own = ['', ...directories, 'pg_wal/archive_status', 'pg_wal/summaries']
  for (const path of own) await mkdir(join(target, path), { recursive: true, mode: 0o700 })

  const pending = files.filter((path) => path !== CONTROL_FILE).values()
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const path of pending) {
        signal?.throwIfAborted()
        await copyOne(join(source, path), join(target, path))
      }
    })
  )
  await copyControlFile(join(source, CONTROL_FILE), join(target, CONTROL_FILE))
  for (const path of own) await flush(join(target, path), 'r')
}

async function list(root: string) {
  const directories: string[] = []
  const files: string[] = []
  const walk = async (directory: string) => {
    for (const entry of await readdir(join(root, directory), { withFileTypes: true })) {
      const path = join(directory, entry.name)
      if (isLeftOut(path)) continue
      if (entry.isFile()) files.push(path)
      if (entry.isDirectory()) {
        directories.push(path)
        await walk(path)
      }
    }
  }
  await walk('')
  return { directories, files }
}

async function copyOne(source: string, target: string) {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  await chmod(target, 0o600)
  await flush(target)
}

/** The server rewrites this file in place, so it is read until two reads are equal. */
async function copyControlFile(source: string, target: string) {
  let [previous, current] = [Buffer.alloc(0), await readFile(source)]
  while (!current.equals(previous)) [previous, current] = [current, await readFile(source)]
  const file = await open(target, 'w', 0o600)
  await file.writeFile(current)
  await file.sync()
  await file.close()
}

async function flush(path: string, flags = 'r+') {
  const file = await open(path, flags)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
