import { registerHooks } from 'node:module'
import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { assert } from '@japa/assert'
import { configure, processCLIArgs, run } from '@japa/runner'
import type { ApplicationService } from '@adonisjs/core/types'
import type { Test } from '@japa/runner/core'
import type { NamedReporterContract, PluginFn, TestEndNode } from '@japa/runner/types'
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core'
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner'

/** What Stryker's options say to this plugin. */
export interface JapaOptions {
  japa: {
    /** Test files, from the root of the project. */
    files: string[]
    /** Folders with what is mutated; the rest is loaded once. */
    folders: string[]
    /** Whether the tests need the database. */
    hasDatabase: boolean
  }
}

interface Run {
  isBailing: boolean
  /** Ids of the tests to run; otherwise all. */
  only?: string[]
  /** Called before each test and its hooks. */
  begin?: () => void
}

/** What mutated code and test runner share. */
const shared: InstrumenterContext = ((globalThis as any).__stryker__ ??= {})

/** Where errors outside of tests go. */
const ESCAPES = ['uncaughtException', 'unhandledRejection'] as const

/** As in `adonisrc.ts`, for unit and functional tests. */
const LONGEST_TEST_MS = { alone: 5_000, withDatabase: 15_000 }

/** A test that failed may have left a transaction open, whose locks would fail the next one. */
const END_TRANSACTIONS = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND usename = current_user AND datname = current_database()
    AND state <> 'idle' AND pid <> pg_backend_pid()`

const load = (file: string) => import(pathToFileURL(resolve(file)).href)

/** What a module of these folders imports is of the same generation: Node keeps a module for each address. */
function passOnGenerations(folders: string[]) {
  const own = folders.map((folder) => `${pathToFileURL(resolve(folder)).href}/`)
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      const [, generation] = /[?&]generation=(\d+)/.exec(context.parentURL ?? '') ?? []
      if (!generation || !own.some((folder) => resolved.url.startsWith(folder))) return resolved
      return { ...resolved, url: `${resolved.url}?generation=${generation}` }
    },
  })
}

/**
 * Runs Japa's tests again and again in one process, so that a mutant costs milliseconds: test files are loaded for each
 * run, application code only for mutants that act while it is loaded.
 */
class JapaTestRunner implements TestRunner {
  static inject = tokens(commonTokens.options)
  #files: string[]
  #folders: string[]
  #hasDatabase: boolean
  #app: ApplicationService | undefined
  #generation = 0
  #runs = 0
  #hasFailed = false

  constructor(options: StrykerOptions) {
    const { files, folders, hasDatabase } = (options as unknown as JapaOptions).japa
    this.#files = files
    this.#folders = folders
    this.#hasDatabase = hasDatabase
  }

  /** Messages and validators need the booted application; what it loads is of no generation. */
  async init() {
    const withDatabase = this.#hasDatabase
    if (withDatabase) process.env.DATA_DIR = `.data/process-${process.env.STRYKER_MUTATOR_WORKER}`
    const { createIgnitor } = await load('bin/ignitor.ts')
    const app: ApplicationService = createIgnitor({ withDatabase }).createApp('test')
    this.#app = app
    await app.init()
    await app.boot()
    if (withDatabase) await prepareDatabase(app)
    passOnGenerations([...this.#folders, 'tests'])
  }

  async dispose() {
    await this.#app?.terminate()
  }

  capabilities() {
    return { reloadEnvironment: true }
  }

  async dryRun({ disableBail }: DryRunOptions): Promise<DryRunResult> {
    const result = await this.#run({ isBailing: !disableBail })
    return { ...result, mutantCoverage: shared.mutantCoverage }
  }

  async mutantRun(options: MutantRunOptions) {
    const { activeMutant, hitLimit, testFilter: only, disableBail } = options
    const activate = () => {
      shared.activeMutant = activeMutant.id
    }
    if (options.reloadEnvironment) this.#generation++
    if (options.mutantActivation === 'static') activate()
    else delete shared.activeMutant
    shared.hitCount = hitLimit === undefined ? undefined : 0
    shared.hitLimit = hitLimit
    const result = await this.#run({ isBailing: !disableBail, only, begin: activate })
    return toMutantRunResult(determineHitLimitReached(shared.hitCount, hitLimit) ?? result)
  }

  async #run({ isBailing, only, begin }: Run) {
    if (this.#hasDatabase && this.#hasFailed) await this.#endTransactions()
    const results = new Map<string, TestResult>()
    const isFirst = this.#runs++ === 0
    const query = `generation=${this.#generation}&run=${this.#runs}`
    let unloadable: unknown = null
    const listeners = ESCAPES.map((event) => process.listeners(event as 'exit'))
    processCLIArgs(isBailing ? ['--bail'] : [])
    configure({
      files: this.#files.filter((file) => !only || only.some((id) => fileOf(id) === file)),
      timeout: LONGEST_TEST_MS[this.#hasDatabase ? 'withDatabase' : 'alone'],
      filters: only ? { tests: only.map(titleOf) } : {},
      // What `assert` adds to tests stays.
      plugins: [...(isFirst ? [assert()] : []), beforeEachTest(begin)],
      reporters: { activated: ['results'], list: [reporterInto(results)] },
      importer: async (file) => {
        await import(`${file.href}?${query}`).catch((error) => {
          unloadable = error
          throw error
        })
      },
    })
    await run()
    ESCAPES.forEach((event, index) => {
      const added = process
        .listeners(event as 'exit')
        .filter((each) => !listeners[index].includes(each))
      for (const listener of added) process.off(event, listener)
    })
    const tests = [...results.values()]
    const isFailed = tests.some(({ status }) => status === TestStatus.Failed)
    if (process.exitCode && !isFailed) tests.push(outsideOfTests(unloadable))
    process.exitCode = undefined
    this.#hasFailed = tests.some(({ status }) => status === TestStatus.Failed)
    return { status: DryRunStatus.Complete as const, tests }
  }

  async #endTransactions() {
    const db = await this.#app!.container.make('lucid.db')
    await db.rawQuery(END_TRANSACTIONS)
  }
}

/**
 * As before functional tests, without the server: the application is booted, but not started, because it then tells its
 * parent so, which is Stryker.
 */
async function prepareDatabase(app: ApplicationService) {
  const { migrate } = await load('database/prepare.ts')
  const { riskLosingData } = await load('tests/helpers/database.ts')
  const { allowManyOrders } = await load('tests/helpers/open_orders.ts')
  await riskLosingData()
  await migrate(app)
  allowManyOrders()
}

const idOf = (fileName: string, title: string) => `${relative(process.cwd(), fileName)}\n${title}`
const fileOf = (id: string) => id.split('\n')[0]
const titleOf = (id: string) => id.split('\n')[1]

function beforeEachTest(begin = () => {}): PluginFn {
  const enter = (test: Test) => {
    test.setup(() => {
      shared.currentTestId = idOf(test.options.meta.fileName, test.title)
      begin()
      return () => {
        delete shared.currentTestId
      }
    })
  }
  return ({ runner }) => {
    runner.onSuite((suite) => {
      suite.onTest(enter)
      suite.onGroup((group) => group.tap(enter))
    })
  }
}

/** Adds up the rounds of tests with a dataset. */
function reporterInto(results: Map<string, TestResult>): NamedReporterContract {
  const note = ({ title, meta, duration, errors }: TestEndNode) => {
    const id = idOf(meta.fileName, title.original)
    const before = results.get(id)
    if (before?.status === TestStatus.Failed) return
    const timeSpentMs = (before?.timeSpentMs ?? 0) + duration
    const result = { id, name: title.original, fileName: meta.fileName, timeSpentMs }
    const [failure] = errors
    results.set(
      id,
      failure
        ? { ...result, status: TestStatus.Failed, failureMessage: String(failure.error) }
        : { ...result, status: TestStatus.Success }
    )
  }
  return {
    name: 'results',
    handler: (_, emitter) => {
      emitter.clearListeners()
      emitter.on('test:end', note)
    },
  }
}

/** A test file that cannot be loaded, a hook of a group, or an error that nobody caught. */
const outsideOfTests = (error: unknown): TestResult => ({
  id: 'outside of tests',
  name: 'outside of tests',
  timeSpentMs: 0,
  status: TestStatus.Failed,
  failureMessage: error instanceof Error ? error.stack! : 'An error outside of tests',
})

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'japa', JapaTestRunner)]

const FILES = { type: 'array', items: { type: 'string' } }

export const strykerValidationSchema = {
  properties: {
    japa: {
      type: 'object',
      required: ['files', 'folders'],
      properties: { files: FILES, folders: FILES },
    },
  },
}
