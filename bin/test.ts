import { rmSync } from 'node:fs'
import { join } from 'node:path'
import getPort from 'get-port'

process.env.NODE_ENV = 'test'
process.env.LOG_LEVEL ??= 'fatal'
process.env.SECURITY_LOG ??= join(process.env.DATA_DIR ?? '.data', 'logs-test')
process.env.HOST = '127.0.0.1'
/** One process for each server that a test starts, unless it says more. */
process.env.WEB_CONCURRENCY ??= '1'
process.env.PUSH_CONTACT ??= 'mailto:help@example.com'
/** Avoids a port conflict with a running server. */
process.env.PORT = String(await getPort())

/** A run that was killed may have left settings in its database with which no commit ends. */
const primary = join(process.env.DATA_DIR ?? '.data', 'postgres-test', 'primary')
rmSync(join(primary, 'postgresql.auto.conf'), { force: true })

const { configure, processCLIArgs, run } = await import('@japa/runner')
const { createIgnitor } = await import('./ignitor.js')
const { fail } = await import('./fail.js')

const ignitor = createIgnitor()

ignitor
  .testRunner()
  .configure(async (app) => {
    const { runnerHooks, ...config } = await import('../tests/bootstrap.js')
    const { shareOf } = await import('../tests/helpers/share.js')
    const { suites, ...rest } = app.rcFile.tests
    processCLIArgs(process.argv.slice(2))
    configure({
      ...rest,
      ...config,
      suites: suites.map((suite) => ({ ...suite, files: () => shareOf(suite.files) })),
      setup: runnerHooks.setup,
    })
  })
  /** Also when a test file cannot be loaded, before the runner's own teardown. */
  .run(() => run().finally(() => ignitor.getApp()?.terminate()))
  .catch(fail)
