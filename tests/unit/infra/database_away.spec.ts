import { test } from '@japa/runner'
import { isDatabaseFailure } from '#infra/database_away'

const coded = (code: string) => Object.assign(new Error('failed'), { code })

test.group('Failure of the database', () => {
  test('is told by PostgreSQL: {$self}')
    .with([
      '08006',
      '57P01',
      '57014',
      '53100',
      '53300',
      '40001',
      '40P01',
      '55P03',
      '58030',
      '25006',
    ])
    .run(({ assert }, code) => {
      assert.isTrue(isDatabaseFailure(coded(code)))
    })

  test('is told by the driver or the pool: {$self}')
    .with([
      'Connection terminated unexpectedly',
      'Client has encountered a connection error and is not queryable',
      'Knex: Timeout acquiring a connection. The pool is probably full.',
      'timeout exceeded when trying to connect',
    ])
    .run(({ assert }, message) => {
      assert.isTrue(isDatabaseFailure(new Error(message)))
    })

  test('may be the cause of another error', ({ assert }) => {
    assert.isTrue(isDatabaseFailure(new Error('No shops', { cause: coded('ECONNREFUSED') })))
  })

  test('is not what was asked wrongly: {$self}')
    .with(['23505', '22P02', '42P01', 'P0001', 'E_ROW_NOT_FOUND'])
    .run(({ assert }, code) => {
      assert.isFalse(isDatabaseFailure(coded(code)))
    })
})
