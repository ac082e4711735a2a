import { readFileSync, readdirSync } from 'node:fs'

/** A live process with its parent and process group. */
export interface ProcessRow {
  pid: number
  parent: number
  group: number
}

/** All live processes of this machine, without zombies. */
export function processTable(): ProcessRow[] {
  const rows: ProcessRow[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = read(`/proc/${name}/stat`)
    // The second field is the program's name in parentheses, which may contain spaces and parentheses.
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (stat === '' || state === 'X' || (state === 'Z' && !hasOtherThreads(name))) continue
    rows.push({ pid: Number(name), parent: Number(parent), group: Number(group) })
  }
  return rows
}

/** Memory of a process with its descendants, in MiB; shared memory counts once. */
export function memoryOf(root: number) {
  const table = processTable()
  const family = new Set([root])
  for (const pid of family) {
    for (const row of table) if (row.parent === pid) family.add(row.pid)
  }
  let kibibytes = 0
  for (const pid of family) {
    kibibytes += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
  }
  return Math.round(kibibytes / 1024)
}

/** A killed JVM looks gone while other threads still hold its ports and files. */
function hasOtherThreads(pid: string) {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1
  } catch {
    return false
  }
}

function read(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
