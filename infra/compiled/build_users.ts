import { readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HIDDEN, processIdentity } from '../embedded_postgres/processes.ts'

const NAME = /^user-(\d+)\.json$/

interface User {
  pid: number
  /** From `processIdentity`: a later process with the same id is another one. */
  identity: string | null
  build: string
}

/** Keeps the build as long as the process lives. */
export function noteUse(directory: string, build: string, pid: number) {
  const user: User = { pid, identity: processIdentity(pid), build }
  writeFileSync(join(directory, `user-${pid}.json`), JSON.stringify(user))
  utimesSync(join(directory, build), new Date(), new Date())
}

/** The builds that living processes run. Forgets the others. */
export function buildsInUse(directory: string) {
  const inUse = new Set<string>()
  for (const name of readdirSync(directory).filter((entry) => NAME.test(entry))) {
    const user = read(join(directory, name))
    if (user && isAlive(user)) inUse.add(user.build)
    else rmSync(join(directory, name), { force: true })
  }
  return inUse
}

/** Null for a file that a power cut left empty. */
function read(path: string): User | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function isAlive({ pid, identity }: User) {
  const now = processIdentity(pid)
  return now !== null && [identity, HIDDEN].includes(now)
}
