import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Runner } from './runner.ts'
import { APPLICATION_DATABASE, APPLICATION_ROLE, HOST } from './settings.ts'

/** Persistent state of a cluster. */
export interface ClusterState {
  password: string
  adminPassword: string
  primaryPort: number
  standbyPort: number
}

/** State file in a data directory. */
export function stateFile(directory: string) {
  return join(directory, 'cluster.json')
}

/** New passwords, no ports. */
export function newState(): ClusterState {
  const password = () => randomBytes(24).toString('hex')
  return { password: password(), adminPassword: password(), primaryPort: 0, standbyPort: 0 }
}

/** State of a data directory, or null when missing or unreadable. */
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

/** Stores the state, readable only by the cluster's user. */
export function writeState(runner: Runner, directory: string, state: ClusterState) {
  runner.write(stateFile(directory), `${JSON.stringify(state, null, 2)}\n`)
}

/** URLs of both servers, for the application's role. */
export function urlsOf(state: ClusterState) {
  const url = (port: number) =>
    `postgres://${APPLICATION_ROLE}:${state.password}@${HOST}:${port}/${APPLICATION_DATABASE}`
  return { primaryUrl: url(state.primaryPort), standbyUrl: url(state.standbyPort) }
}
