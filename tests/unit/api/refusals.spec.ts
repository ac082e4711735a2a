import { globSync, readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** A refusal whose text has no variable part: at a field, or with a status that says the request is wrong. */
const AT_FIELD = /\brefused\([^'`]*?'[a-z_.]+',\s*'([^']+)'/g
const EITHER_FIELD = /\brefused\(\w+ \? '\w+' : '\w+',\s*'([^']+)'/g
const WITH_STATUS = /new OrderRefused\('([^']+)',\s*4(?:00|22)\b/g

/** What the schema excludes, or the fuzz does by asking with ids that exist. */
const NEVER_MET = [
  'An Idempotency-Key must have 1 to 200 visible ASCII characters',
  'One or more products not found',
]

test.group('A refusal by a rule of the market', () => {
  test('is known to the fuzz of the API', ({ assert }) => {
    const source = globSync('app/api/**/*.ts', { cwd: app.makePath() }).map((path) =>
      readFileSync(app.makePath(path), 'utf8')
    )
    const refusals = source.flatMap((text) =>
      [AT_FIELD, EITHER_FIELD, WITH_STATUS].flatMap((pattern) =>
        [...text.matchAll(pattern)].map(([, message]) => message)
      )
    )
    const hooks = readFileSync(app.makePath('tests/api_fuzz/hooks.py'), 'utf8')
    assert.isAbove(refusals.length, 10)
    assert.deepEqual(
      refusals.filter((text) => !NEVER_MET.includes(text) && !hooks.includes(`"${text}"`)),
      []
    )
  })
})
