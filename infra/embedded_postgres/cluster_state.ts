import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Runner } from './runner.ts'
import { APPLICATION_DATABASE, APPLICATION_ROLE, HOST } from './settings.ts'

/** What a cluster keeps from one start to the next. */
export interface ClusterState {
  /** Password of the application's role. */
  password: string
  /** Password of the superuser. */
  adminPassword: string
  primaryPort: number
  standbyPort: number
}

/** File of the state in a data directory. */
export function stateFile(directory: string) {
  return join(directory, 'cluster.json')
}

/** A state with new passwords and without ports. */
export function newState(): ClusterState {
  const password = () => randomBytes(24).toString('hex')
  return { password: password(), adminPassword: password(), primaryPort: 0, standbyPort: 0 }
}

/** The state of a data directory, or null when it has none that can be used. */
export function readState(directory: string): ClusterState | null {
  try {
    const state = JSON.parse(readFileSync(stateFile(directory), 'utf8')) as ClusterState
    return state.password && state.adminPassword ? state : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Keeps the state, readable by the cluster's user alone. */
export function writeState(runner: Runner, directory: string, state: ClusterState) {
  runner.write(stateFile(directory), `${JSON.stringify(state, null, 2)}\n`)
}

/** The addresses of both servers, for the application's role. */
export function urlsOf(state: ClusterState) {
  const url = (port: number) =>
    `postgres://${APPLICATION_ROLE}:${state.password}@${HOST}:${port}/${APPLICATION_DATABASE}`
  return { primaryUrl: url(state.primaryPort), standbyUrl: url(state.standbyPort) }
}
