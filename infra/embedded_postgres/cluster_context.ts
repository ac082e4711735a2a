import { locateBinaries } from './binaries.ts'
import type { ClusterDirectory } from './cluster_directory.ts'
import { newState, readState, type ClusterState } from './cluster_state.ts'
import { chooseRunner, type Runner, type RunnerMode } from './runner.ts'
import { ServerLog } from './server_log.ts'

/** Reports one line to the user. */
export type Say = (message: string) => void

/** State shared by both servers of a cluster. */
export interface ClusterContext {
  directory: ClusterDirectory
  runner: Runner
  state: ClusterState
  /** True until the database has the passwords in `state`. */
  isStateNew: boolean
  logs: { primary: ServerLog; standby: ServerLog }
  /** Progress, while the user is waiting. */
  onProgress: Say
  /** Problems that were handled. */
  onNotice: Say
}

/** Creates the context of a data directory owned by this process. */
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

/** Connection of the superuser to the primary. */
export function adminAddress({ state }: ClusterContext) {
  return { port: state.primaryPort, password: state.adminPassword }
}
