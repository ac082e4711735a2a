import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import env from '#start/env'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { readLines } from '#tests/helpers/security_lines'

async function ace(words: string[], securityLog: string) {
  const child = spawn(process.execPath, ['ace.js', ...words], {
    cwd: app.makePath(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: env.get('DATABASE_URL'),
      DATABASE_READ_URL: env.get('DATABASE_READ_URL'),
      SECURITY_LOG: securityLog,
    },
  })
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { stdout, stderr, code: child.exitCode }
}

const parsed = (lines: string) =>
  lines
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

test.group('The security log of commands', (group) => {
  let directory: string

  group.each.setup(emptyDatabase)
  group.each.setup(async () => {
    directory = await mkdtemp(join(tmpdir(), 'security-log-'))
    return () => rm(directory, { recursive: true })
  })

  test('tells what an operator changed, and for whom', async ({ assert }) => {
    const { id } = await createUser({ username: 'asha' })
    await ace(['tokens:issue', 'asha'], directory)
    await ace(['tokens:revoke', 'asha'], directory)
    await ace(['data:status'], directory)
    const lines = parsed(await readLines(directory))
    assert.deepEqual(
      lines.map(({ event }) => event),
      ['token.issued', 'command.executed', 'tokens.revoked', 'sessions.ended', 'command.executed']
    )
    assert.containSubset(lines[0], { account: id, admin: false, user: null })
    assert.containSubset(lines[2], { account: id, tokens: 1 })
    assert.containSubset(lines[4], { command: 'tokens:revoke', failed: false })
    assert.property(lines[4], 'operator')
  }).timeout(60_000)

  test('has neither a wrong name nor the password that an option has', async ({ assert }) => {
    await createUser()
    await ace(['tokens:revoke', 'Typed@Secret1'], directory)
    await ace(['seed:demo', '--if-empty', '--password=Hidden@Secret1'], directory)
    const log = await readLines(directory)
    assert.notInclude(log, 'Secret1')
    assert.containSubset(parsed(log)[0], { command: 'tokens:revoke', failed: true })
    assert.sameMembers(parsed(log)[1].options, ['if-empty', 'password'])
  }).timeout(60_000)

  test('goes beside the answer of a command where there are no files', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const { stdout, stderr } = await ace(['tokens:issue', 'asha'], 'stdout')
    assert.match(stdout, /^kirana_\S+\n$/)
    assert.deepEqual(
      parsed(stderr).map(({ event }) => event),
      ['token.issued', 'command.executed']
    )
  }).timeout(60_000)
})
