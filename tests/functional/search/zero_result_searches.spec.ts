import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import { MOST_A_DAY, SEVERAL, ZeroResultLog } from '#search/zero_results/zero_result_log'
import { ZeroResultSearches } from '#search/zero_results/zero_result_searches'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import SearchReport from '../../../commands/search_report.js'
import type { ProductHit } from '#search/search_engine'

const NOTHING = { count: 0, hits: [] }
const everyDay = { days: 14, limit: 10 }

test.group('Searches in vain', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await db.rawQuery('TRUNCATE search_misses')
  })

  const setUp = () => {
    const log = new ZeroResultLog(db)
    return { log, zeroResults: new ZeroResultSearches(log, logger, 'secret') }
  }
  const rows = async () => (await db.rawQuery('SELECT * FROM search_misses ORDER BY words')).rows

  test('are shown once several people made them, and not before', async ({ assert }) => {
    const { log, zeroResults } = setUp()
    const search = async (session: string, q = 'Quinoa') => {
      zeroResults.note({ q, city: 'Indore' }, NOTHING, session)
      await zeroResults.flush()
    }
    for (const session of ['one', 'one', 'two']) await search(session)
    assert.isEmpty(await log.shown({ city: 'Indore', ...everyDay }))
    await search('three', ' QUINOA! ')
    assert.deepEqual(await log.shown({ city: 'Indore', ...everyDay }), [
      { city: 'Indore', words: 'quinoa', searches: 4 },
    ])
    assert.isEmpty(await log.shown({ city: 'Pune', ...everyDay }))
  })

  test('of one batch are counted together', async ({ assert }) => {
    const { log, zeroResults } = setUp()
    for (const session of ['one', 'two', 'three', 'four', 'five']) {
      zeroResults.note({ q: 'quinoa', city: null }, NOTHING, session)
    }
    await zeroResults.flush()
    const [{ searches, people }] = await rows()
    assert.equal(searches, 5)
    assert.lengthOf(people, 3)
    assert.lengthOf(await log.shown({ city: null, ...everyDay }), 1)
  })

  test('say nothing about who made them', async ({ assert }) => {
    const { zeroResults } = setUp()
    zeroResults.note({ q: 'quinoa', city: null }, NOTHING, 'session-of-asha')
    await zeroResults.flush()
    assert.notInclude(JSON.stringify(await rows()), 'asha')
  })

  test('are not noted when {why}')
    .with([
      { why: 'enough was found', q: 'atta', count: 3 },
      { why: 'it may be a telephone number', q: 'ramesh 9876543210', count: 0 },
      { why: 'it is no product', q: 'a b c d e f', count: 0 },
      { why: 'it is a whole text', q: 'x'.repeat(61), count: 0 },
      { why: 'there are no words', q: '😀', count: 0 },
    ])
    .run(async ({ assert }, { q, count }) => {
      const { zeroResults } = setUp()
      const hits = Array.from({ length: count }, () => ({ type: 'product' }) as ProductHit)
      zeroResults.note({ q, city: null }, { count, hits }, 'one')
      await zeroResults.flush()
      assert.isEmpty(await rows())
    })

  test('are at most so many different ones a day, however much nonsense is searched for', async ({
    assert,
  }) => {
    const { log, zeroResults } = setUp()
    for (const session of ['one', 'two', 'three']) {
      zeroResults.note({ q: 'quinoa', city: 'Indore' }, NOTHING, session)
    }
    for (let n = 0; n < 5_000; n++) {
      zeroResults.note({ q: `nonsense ${n.toString(36)}`, city: 'Indore' }, NOTHING, 'one')
      if (n % 900 === 0) await zeroResults.flush()
    }
    await zeroResults.flush()
    assert.isAtMost((await rows()).length, MOST_A_DAY)
    assert.deepEqual(await log.shown({ city: 'Indore', ...everyDay }), [
      { city: 'Indore', words: 'quinoa', searches: 3 },
    ])
  })

  test('never disturb a search', async ({ assert }) => {
    const broken = { add: () => Promise.reject(new Error('down')) } as unknown as ZeroResultLog
    const zeroResults = new ZeroResultSearches(broken, logger, 'secret')
    zeroResults.note({ q: 'quinoa', city: null }, NOTHING, 'one')
    await assert.doesNotReject(() => zeroResults.flush())
  })

  test('of customers reach the owner of a shop in that city, who can add the product', async ({
    assert,
  }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id, city: 'Indore' })
    for (let people = 0; people < SEVERAL; people++) {
      const customer = await loggedIn(await createUser())
      await customer.visit('/search?q=quinoa&city=Indore')
    }
    await (await app.container.make(ZeroResultSearches)).flush()
    const visitor = await loggedIn(owner)
    const page = await visitor.visit(`/owner/shops/${shop.id}`)
    assert.include(page.$('.wanted').text(), 'quinoa')
    const form = await visitor.visit(page.$('.wanted a').attr('href')!)
    assert.equal(form.$('input[name=name]').val(), 'quinoa')
  })

  test('are reported to admins', async ({ assert }) => {
    await db.rawQuery(`
      INSERT INTO search_misses VALUES (current_date, 'Indore', 'quinoa', 9, '{1,2,3}'),
        (current_date, 'Pune', 'secret', 9, '{1,2}')`)
    const report = async (...options: string[]) => {
      ace.ui.switchMode('raw')
      const command = await ace.create(SearchReport, options)
      await command.exec()
      const logs = command.logger.getLogs()
      ace.ui.switchMode('normal')
      return { lines: logs.map((log) => log.message).join('\n'), exitCode: command.exitCode }
    }
    const { lines } = await report()
    assert.include(lines, 'quinoa')
    assert.notInclude(lines, 'secret')
    assert.deepEqual(JSON.parse((await report('--json', '--city=Indore')).lines), [
      { city: 'Indore', words: 'quinoa', searches: 9 },
    ])
    assert.include((await report('--days=१०', '--limit=1,000')).lines, 'quinoa')
    for (const odd of ['99', '0', '0x10', '1e1', '-0']) {
      assert.equal((await report(`--days=${odd}`)).exitCode, 1, odd)
      if (odd !== '99') assert.equal((await report(`--limit=${odd}`)).exitCode, 1, odd)
    }
  })
})
