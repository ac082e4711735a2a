import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installSchemathesis } from '#tests/api_fuzz/schemathesis'
import { prepareMarket } from '#tests/api_fuzz/market'
import { withServer } from '#infra/server_process'

/**
 * Asks every operation of the API for what its description allows, and for what it does not, as an owner and
 * as a customer: no answer may be a 500, have a status or a shape that is not described, take what is
 * invalid or refuse what is valid.
 *
 *     npm run test:api-fuzz -- --seed 2 --max-time 300
 *
 * Arguments go to Schemathesis. It runs on a server and data of its own.
 */
const SETTINGS = [
  ['--phases', 'examples,coverage,fuzzing'],
  ['--max-examples', '5'],
  ['--max-time', '60'],
  ['--seed', '1'],
  ['--request-timeout', '60'],
  ['--exclude-checks', 'use_after_free,ensure_resource_availability'],
  ['--continue-on-failure'],
].flat()

/** It ends the token that it is asked with, so it comes last and alone. */
const LOGOUT = 'api.tokens.destroy'

const schemathesis = installSchemathesis()
const directory = await mkdtemp(join(tmpdir(), 'kirana-fuzz-'))

const environment = {
  DATA_DIR: join(directory, 'data'),
  LOG_LEVEL: 'error',
  /** The hooks make requests look forwarded, which closes demo accounts otherwise. */
  DEMO: 'true',
  API_REQUESTS_PER_MINUTE: '1000000000',
  ORDERS_PER_MINUTE: '1000000',
  OPEN_ORDERS_PER_SHOP: '1000000',
  SHOPS_PER_OWNER: '1000000',
}

try {
  const failed = await withServer('start.js', '/health/live', environment, async (url) => {
    const tokens = { owner: issueToken('owner', '--admin'), customer: issueToken('customer') }
    const all = ['--exclude-operation-id', LOGOUT]
    const logout = ['--include-operation-id', LOGOUT, '--phases', 'coverage']
    return [
      await fuzz(url, 'owner', tokens, all),
      await fuzz(url, 'customer', tokens, all),
      await fuzz(url, 'customer', tokens, logout),
    ].includes(false)
  })
  process.exitCode = failed ? 1 : 0
} finally {
  await rm(directory, { recursive: true, force: true })
}

/** Asks as one of the two. Says whether every answer was as described. */
async function fuzz(
  url: URL,
  role: 'owner' | 'customer',
  tokens: Parameters<typeof prepareMarket>[1],
  operations: string[]
) {
  console.log(`\nAs ${role}`)
  const { settings, known } = await prepareMarket(url, tokens)
  await writeFile(join(directory, 'schemathesis.toml'), settings)
  const target = [new URL('/openapi.json', url).href, '-H', `Authorization: Bearer ${tokens[role]}`]
  const words = ['run', ...target, ...SETTINGS, ...operations, ...process.argv.slice(2)]
  const env = { ...process.env, KNOWN: JSON.stringify(known) }
  const run = spawn(schemathesis, words, { cwd: directory, env, stdio: 'inherit' })
  const [status] = await once(run, 'exit')
  return status === 0
}

function issueToken(...words: string[]) {
  const env = { ...process.env, NODE_ENV: 'production', ...environment }
  return execFileSync('node', ['ace', 'tokens:issue', ...words], { env, encoding: 'utf8' }).trim()
}
