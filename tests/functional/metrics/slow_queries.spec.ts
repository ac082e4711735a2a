import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import { slowQueries } from '#metrics/metrics'
import { eventually } from '#tests/helpers/eventually'

test.group('A slow query', () => {
  test('is counted and named, without its values', async ({ assert, cleanup }) => {
    const lines: unknown[][] = []
    const warn = logger.warn
    logger.warn = ((...line: unknown[]) => lines.push(line)) as typeof warn
    cleanup(() => {
      logger.warn = warn
    })
    const count = async () => {
      const { values } = await slowQueries.get()
      return values.find(({ labels }) => labels.connection === 'primary')?.value ?? 0
    }
    const before = await count()
    await db.rawQuery('SELECT ?::text AS quick', ['a secret'])
    await db.rawQuery('SELECT pg_sleep(1), ?::text AS slow', ['a secret'])
    await eventually(async () => assert.equal(await count(), before + 1))
    const line = JSON.stringify(lines.find((words) => words[1] === 'slow query'))
    assert.include(line, 'AS slow')
    assert.notInclude(line, 'a secret')
  })
})
