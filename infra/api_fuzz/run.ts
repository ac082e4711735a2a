import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_PASSWORD } from '#database/demo/options'
import { installSchemathesis } from '#infra/api_fuzz/schemathesis'
import { prepareMarket } from '#infra/api_fuzz/market'
import { withServer } from '#infra/server_process'

/**
 * Asks every operation of the API for what its description allows, and for what it does not, as an owner and
 * as a customer: no answer may be a 500, have a status or a shape that is not described, take what is
 * invalid or refuse what is valid.
 *
 *     npm run test:api-fuzz -- --max-examples 50
 *
 * Arguments go to Schemathesis. It runs on a server and data of its own.
 */
const SETTINGS = [
  ['--phases', 'examples,coverage,fuzzing'],
  ['--max-examples', '10'],
  ['--max-time', '45'],
  ['--seed', '1'],
  ['--exclude-checks', 'use_after_free,ensure_resource_availability'],
  // It would end the run's own token.
  ['--exclude-operation-id', 'api.tokens.destroy'],
  ['--continue-on-failure'],
].flat()

const schemathesis = installSchemathesis()
const directory = await mkdtemp(join(tmpdir(), 'kirana-fuzz-'))

const environment = {
  DATA_DIR: join(directory, 'data'),
  LOG_LEVEL: 'error',
  API_REQUESTS_PER_MINUTE: '1000000000',
}

try {
  const failed = await withServer('bin/start.ts', '/health/live', environment, async (url) => {
    const results: boolean[] = []
    for (const role of ['owner', 'customer'] as const) {
      const { tokens, configuration } = await prepareMarket(url, DEMO_PASSWORD)
      await writeFile(join(directory, 'schemathesis.toml'), configuration)
      console.log(`\nAs ${role}`)
      const authorization = `Authorization: Bearer ${tokens[role]}`
      const target = ['run', new URL('/openapi.json', url).href, '-H', authorization]
      const fuzz = spawn(schemathesis, [...target, ...SETTINGS, ...process.argv.slice(2)], {
        cwd: directory,
        stdio: 'inherit',
      })
      const [status] = await once(fuzz, 'exit')
      results.push(status !== 0)
    }
    return results.some(Boolean)
  })
  process.exitCode = failed ? 1 : 0
} finally {
  await rm(directory, { recursive: true, force: true })
}
