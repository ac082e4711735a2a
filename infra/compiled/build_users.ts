import { readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HIDDEN, processIdentity } from '../embedded_postgres/processes.ts'

interface User {
  pid: number
  /** From `processIdentity`: a later process with the same id is another one. */
  identity: string | null
  build: string
}

/** Keeps the build as long as the process lives. */
export function noteUse(directory: string, build: string, pid: number) {
  livingUsers(directory)
  const user: User = { pid, identity: processIdentity(pid), build }
  writeFileSync(join(directory, `user-${pid}.json`), JSON.stringify(user))
  utimesSync(join(directory, build), new Date(), new Date())
}

/** The builds that living processes run. */
export function buildsInUse(directory: string) {
  return new Set(livingUsers(directory).map(({ build }) => build))
}

/** Forgets processes that have ended. */
function livingUsers(directory: string) {
  const users: User[] = []
  for (const name of readdirSync(directory).filter((entry) => /^user-\d+\.json$/.test(entry))) {
    const user = read(join(directory, name))
    if (user && isAlive(user)) users.push(user)
    else rmSync(join(directory, name), { force: true })
  }
  return users
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
