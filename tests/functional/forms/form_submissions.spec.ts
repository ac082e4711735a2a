import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { doOnce } from '#forms/form_submissions'
import { Housekeeping } from '#housekeeping/housekeeping'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'

const submissionOf = (values = {}) => ({
  holder: randomUUID(),
  form: 'shops.store',
  key: randomUUID(),
  content: { name: 'Gupta Kirana' },
  ...values,
})

const code = (error: unknown) => (error as { code?: string }).code

async function waitsForTheFirst() {
  const { rows } = await db.rawQuery(
    `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%form_submissions%'`
  )
  if (rows.length === 0) throw new Error('Nobody waits')
}

test.group('A form that was sent', (group) => {
  let effects: number

  group.each.setup(async () => {
    await emptyDatabase()
    effects = 0
  })

  const effect = async () => ({ id: ++effects })

  test('has its effect once, however often and at once it is sent', async ({ assert }) => {
    const submission = submissionOf()
    const sendings = Array.from({ length: 15 }, () => doOnce(submission, effect))
    const outcomes = [...(await Promise.all(sendings)), await doOnce(submission, effect)]
    assert.deepEqual(outcomes, Array(16).fill({ id: 1 }))
  })

  test('counts again with a key, a form or a person of its own', async ({ assert }) => {
    const submission = submissionOf()
    for (const values of [
      {},
      { key: randomUUID() },
      { form: 'products.store' },
      { holder: randomUUID() },
    ]) {
      await doOnce({ ...submission, ...values }, effect)
    }
    assert.equal(effects, 4)
  })

  test('is refused with other content, and has no effect', async ({ assert }) => {
    const submission = submissionOf()
    await doOnce(submission, effect)
    const other = { ...submission, content: { name: 'Sharma Kirana' } }
    assert.equal(code(await doOnce(other, effect).catch((error) => error)), 'E_FORM_REUSED')
    assert.equal(effects, 1)
  })

  test('can be sent again, also with other content, when it failed', async ({ assert }) => {
    const submission = submissionOf()
    const refused = () => Promise.reject(new Error('refused'))
    await assert.rejects(() => doOnce(submission, refused), 'refused')
    const corrected = { ...submission, content: { name: 'Sharma Kirana' } }
    assert.deepEqual(await doOnce(corrected, effect), { id: 1 })
  })

  for (const [ends, end] of [
    ['commits, and then says the same', () => {}],
    [
      'fails, and then has the effect itself',
      () => {
        throw new Error('refused')
      },
    ],
  ] as const) {
    test(`waits until the first of two ${ends}`, async ({ assert }) => {
      const submission = submissionOf()
      const { promise: held, resolve: release } = Promise.withResolvers<void>()
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
      const first = doOnce(submission, async () => {
        begin()
        await held
        end()
        return effect()
      }).catch(() => 'refused')
      await begun
      const second = doOnce(submission, effect)
      await eventually(waitsForTheFirst)
      assert.equal(effects, 0)
      release()
      await first
      assert.deepEqual(await second, { id: 1 })
      assert.equal(effects, 1)
    })
  }

  test('is forgotten after a week and not before', async ({ assert }) => {
    const [old, recent] = [submissionOf(), submissionOf()]
    for (const [submission, age] of [
      [old, '7 days 1 minute'],
      [recent, '6 days 23 hours'],
    ] as const) {
      await doOnce(submission, effect)
      await db.rawQuery(
        `UPDATE form_submissions SET created_at = now() - cast(? AS interval) WHERE key = ?`,
        [age, submission.key]
      )
    }
    const housekeeping = await app.container.make(Housekeeping)
    await housekeeping.tidy()
    await doOnce(recent, effect)
    assert.equal(effects, 2)
    await doOnce(old, effect)
    assert.equal(effects, 3)
  })
})
