import { existsSync } from 'node:fs'
import { withAdmin } from './connection.ts'
import { adminAddress, type ClusterContext } from './cluster_context.ts'
import { writeState } from './cluster_state.ts'
import {
  checkVersion,
  configure,
  createPrimary,
  isComplete,
  prepareRoles,
} from './data_directory.ts'
import { DataDirectoryInvalid } from './errors.ts'
import { serverSettings } from './settings.ts'
import { ensureSlot } from './standby.ts'
import { Supervisor } from './supervisor.ts'

export function supervisePrimary(context: ClusterContext): Supervisor {
  const { runner, directory, logs, onNotice } = context
  return new Supervisor({
    name: 'primary',
    runner,
    directory: directory.primary,
    log: logs.primary,
    onProgress: (message) => context.onProgress(message),
    onNotice,
    prepare: (signal) => prepare(context, signal),
    afterStart: () => withAdmin(adminAddress(context), ensureSlot),
  })
}

async function prepare(context: ClusterContext, signal: AbortSignal) {
  const { runner, directory, state, onProgress } = context
  if (!existsSync(directory.primary)) {
    refuseToForgetStandby(directory.primary, directory.standby)
    onProgress('Creating the database cluster')
    await createPrimary(runner, directory.primary, state, signal)
  } else if (!isComplete(directory.primary)) {
    throw new DataDirectoryInvalid(
      `${directory.primary} is only a part of a database cluster; put its files back, or remove ${directory.path} to start with an empty one`
    )
  } else {
    checkVersion(directory.primary, runner.version)
    runner.claim(directory.primary)
    if (context.isStateNew) await prepareRoles(runner, directory.primary, state, signal)
  }

  writeState(runner, directory.path, state)
  context.isStateNew = false
  configure(runner, directory.primary, serverSettings(state.primaryPort))
  onProgress('Starting PostgreSQL (primary)')
}

function refuseToForgetStandby(primary: string, standby: string) {
  if (!isComplete(standby)) return
  throw new DataDirectoryInvalid(
    `${primary} is missing but ${standby} has a copy of its data; rename ${standby} to ${primary} and remove standby.signal in it to go on with that, or remove both to start with an empty one`
  )
}
