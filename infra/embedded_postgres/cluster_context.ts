import { locateBinaries } from './binaries.ts'
import type { ClusterDirectory } from './cluster_directory.ts'
import { newState, readState, type ClusterState } from './cluster_state.ts'
import { chooseRunner, type Runner, type RunnerMode } from './runner.ts'
import { ServerLog } from './server_log.ts'

/** Says one line to whoever runs the cluster. */
export type Say = (message: string) => void

/** What both servers of a cluster share. */
export interface ClusterContext {
  directory: ClusterDirectory
  runner: Runner
  state: ClusterState
  /** True until the passwords in `state` are those of the database. */
  isStateNew: boolean
  logs: { primary: ServerLog; standby: ServerLog }
  /** What is being done, while somebody waits for it. */
  onProgress: Say
  /** What went wrong and was dealt with. */
  onNotice: Say
}

/** Gathers it for a data directory that this process owns. */
export function openContext(options: {
  directory: ClusterDirectory
  onProgress: Say
  onNotice: Say
  modes?: RunnerMode[]
}): ClusterContext {
  const { directory, modes } = options
  const runner = chooseRunner(locateBinaries(directory.links), directory.path, modes)
  const state = readState(directory.path)
  runner.claim(directory.path)
  return {
    ...options,
    runner,
    state: state ?? newState(),
    isStateNew: state === null,
    logs: {
      primary: new ServerLog(runner, directory.logOf('primary')),
      standby: new ServerLog(runner, directory.logOf('standby')),
    },
  }
}

/** How to reach the primary as superuser. */
export function adminAddress({ state }: ClusterContext) {
  return { port: state.primaryPort, password: state.adminPassword }
}
