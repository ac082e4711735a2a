process.env.NODE_ENV = 'test'
process.env.LOG_LEVEL ??= 'fatal'
process.env.SECURITY_LOG ??= '.data/logs-test'
process.env.HOST = '127.0.0.1'
process.env.PORT = String(await freePort())

const { configure, processCLIArgs, run } = await import('@japa/runner')
const { createIgnitor } = await import('./ignitor.js')
const { fail } = await import('./fail.js')

const ignitor = createIgnitor()

ignitor
  .testRunner()
  .configure(async (app) => {
    const { runnerHooks, ...config } = await import('../tests/bootstrap.js')
    processCLIArgs(process.argv.slice(2))
    configure({
      ...app.rcFile.tests,
      ...config,
      setup: runnerHooks.setup,
    })
  })
  /** Also when a test file cannot be read, which the runner's own teardown does not live to see. */
  .run(() => run().finally(() => ignitor.getApp()?.terminate()))
  .catch(fail)

/** A server that runs already must not be in the way of the tests. */
async function freePort() {
  const { createServer } = await import('node:net')
  return new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

export {}
