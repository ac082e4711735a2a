import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { MOST_A_DAY } from '#search/zero_results/zero_result_log'
import { attackedServer } from '#tests/helpers/attacked_server'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createUser } from '#tests/helpers/factories'
import { readLines } from '#tests/helpers/security_lines'

const TYPED = 'Typed-by-mistake'

test.group('Growth', (group) => {
  const logs = mkdtempSync(join(tmpdir(), 'growth-'))
  const server = attackedServer(group, { SECURITY_LOG: logs })

  group.each.timeout(180_000)
  group.setup(emptyDatabase)
  group.setup(() => () => rm(logs, { recursive: true }))

  const count = async (table: string) => Number((await db.from(table).count('* as n'))[0].n)

  test('is bounded, however much nonsense is searched for', async ({ assert }) => {
    await db.rawQuery('TRUNCATE search_misses')
    for (let from = 0; from < 5_000; from += 20) {
      const searches = Array.from({ length: 20 }, (_, n) =>
        fetch(`${server.origin()}/search?q=nonsense${(from + n).toString(36)}`)
      )
      await Promise.all(searches.map(async (search) => (await search).text()))
    }
    await eventually(async () => assert.isAbove(await count('search_misses'), 0), 10_000)
    assert.isAtMost(await count('search_misses'), MOST_A_DAY)
  }).timeout(300_000)

  test('is bounded, however often strangers fail to log in', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const tables = ['access_tokens', 'locks', 'left_sessions', 'form_submissions', 'sessions']
    const before = await Promise.all(tables.map(count))
    for (let guess = 0; guess < 300; guess++) {
      const body = new URLSearchParams({ username: `${TYPED}-${guess}`, password: 'Wrong@12345' })
      const answer = await fetch(`${server.origin()}/api/token`, { method: 'POST', body })
      assert.include([400, 429], answer.status)
    }
    assert.deepEqual(await Promise.all(tables.map(count)), before)
    const log = await readLines(logs)
    assert.include(log, '"login.failed"')
    assert.notInclude(log, TYPED)
    assert.isAtMost(log.split('\n').length, 4 * 21)
  }).timeout(120_000)
})
