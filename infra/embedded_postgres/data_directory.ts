import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ClusterCreationFailed, DataDirectoryVersion } from './errors.ts'
import type { ClusterState } from './cluster_state.ts'
import { serverParameters } from './postmaster.ts'
import type { Runner } from './runner.ts'
import {
  ADMIN_ROLE,
  APPLICATION_DATABASE,
  APPLICATION_ROLE,
  renderAccess,
  renderSettings,
  type Settings,
} from './settings.ts'

const SETTINGS_FILE = 'kirana.conf'
const INCLUDE = `include = '${SETTINGS_FILE}'`

// Character classes come from the system's locale (trigrams of Hindi names need one with Unicode support);
// collation and case mapping are PostgreSQL's own.
const CHARACTER_LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C']

/** Whether a data directory is complete. */
export function isComplete(directory: string, ...files: string[]) {
  return ['PG_VERSION', 'postgresql.conf', 'global/pg_control', ...files].every((file) =>
    existsSync(join(directory, file))
  )
}

/**
 * Creates an empty cluster with the application's role and database. It is created under a temporary name and
 * renamed when complete, so that an interruption leaves nothing that looks like a cluster. The temporary name is
 * unique, because an `initdb` whose owner was killed still deletes its own files later.
 */
export async function createPrimary(
  runner: Runner,
  directory: string,
  state: ClusterState,
  signal?: AbortSignal
) {
  const draft = `${directory}.new-${randomUUID()}`
  await initialize(runner, draft, signal)
  await runRoleStatements(runner, draft, state, ['-F'], signal)
  // Once at the end: syncing at each step dominates the time on a busy disk.
  const { exitCode, output } = await runner.run('initdb', ['-D', draft, '--sync-only'], '', signal)
  if (exitCode !== 0) throw creationFailed(output)
  renameSync(draft, directory)
}

async function initialize(runner: Runner, directory: string, signal?: AbortSignal) {
  const common = ['-D', directory, '-U', ADMIN_ROLE, '--auth=trust', '--encoding=UTF8']
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  for (const name of CHARACTER_LOCALES) {
    rmSync(directory, { recursive: true, force: true })
    const parameters = [
      ...common,
      ...locale,
      `--lc-ctype=${name}`,
      '--no-instructions',
      '--no-sync',
    ]
    const { exitCode, output } = await runner.run('initdb', parameters, '', signal)
    if (exitCode === 0) return
    if (!output.includes('invalid locale name')) throw creationFailed(output)
  }
  throw creationFailed('no usable locale')
}

/**
 * Creates the application's role and database, and sets both passwords. Needs neither password nor running server,
 * and is idempotent: it also recovers from a lost `cluster.json`.
 *
 * The application's role owns its database but is not a superuser, so that faulty SQL cannot reach files or
 * programs. It may replicate (change feed), create databases (tests), read all statistics, and pause the standby's
 * replay.
 */
export function prepareRoles(
  runner: Runner,
  directory: string,
  state: ClusterState,
  signal?: AbortSignal
) {
  return runRoleStatements(runner, directory, state, [], signal)
}

async function runRoleStatements(
  runner: Runner,
  directory: string,
  state: ClusterState,
  options: string[],
  signal?: AbortSignal
) {
  const role = APPLICATION_ROLE
  const statements = [
    `ALTER ROLE ${ADMIN_ROLE} PASSWORD '${state.adminPassword}'`,
    `DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    `ALTER ROLE ${role} LOGIN REPLICATION CREATEDB PASSWORD '${state.password}'`,
    `GRANT pg_monitor TO ${role}`,
    `GRANT EXECUTE ON FUNCTION pg_wal_replay_pause(), pg_wal_replay_resume() TO ${role}`,
    `SELECT 'database exists' FROM pg_database WHERE datname = '${APPLICATION_DATABASE}'`,
  ]
  const output = await runStatements(runner, directory, statements, options, signal)
  if (output.includes('"database exists"')) return
  const statement = `CREATE DATABASE ${APPLICATION_DATABASE} OWNER ${role}`
  await runStatements(runner, directory, [statement], options, signal)
}

async function runStatements(
  runner: Runner,
  directory: string,
  statements: string[],
  options: string[],
  signal?: AbortSignal
) {
  // In template1, so that grants apply to every database created from it.
  const parameters = ['--single', ...options, ...serverParameters(directory), 'template1']
  const { exitCode, output } = await runner.run(
    'postgres',
    parameters,
    statements.map((statement) => `${statement}\n`).join(''),
    signal
  )
  if (exitCode !== 0 || /\b(ERROR|FATAL|PANIC): /.test(output)) throw creationFailed(output)
  return output
}

/** Writes a server's configuration and access rules, before each start. */
export function configure(runner: Runner, directory: string, settings: Settings) {
  runner.write(join(directory, SETTINGS_FILE), renderSettings(settings))
  runner.write(join(directory, 'pg_hba.conf'), renderAccess())

  const main = join(directory, 'postgresql.conf')
  const text = readFileSync(main, 'utf8')
  if (!text.includes(INCLUDE)) runner.write(main, `${text}\n${INCLUDE}\n`)
}

/** @throws DataDirectoryVersion when the data has another major version */
export function checkVersion(directory: string, version: string) {
  const found = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()
  const expected = version.split('.')[0]
  if (found === expected) return
  throw new DataDirectoryVersion(
    `The data in ${directory} is of PostgreSQL ${found} and the packaged one is ${expected}; install the packages of that version to export the data, or choose another directory`
  )
}

function creationFailed(output: string) {
  const lines = output.trim().split('\n')
  const reason = lines.find((line) => /(error|fatal|panic): /i.test(line)) ?? lines.at(-1)!
  return new ClusterCreationFailed(
    `The database cluster could not be created: ${reason.replace(/^.*?(error|fatal|panic): +/i, '')}`,
    {
      cause: new Error(output.trim()),
    }
  )
}
