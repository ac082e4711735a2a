import { test } from '@japa/runner'
import { isAway, isDatabaseFailure } from '#replication/database_away'

const withCode = (code: string) => Object.assign(new Error('it failed'), { code })

const SPELLINGS: Record<string, unknown> = {
  'a server that stops': withCode('57P01'),
  'a server that crashed': withCode('57P02'),
  'a server that starts': withCode('57P03'),
  'a database that was dropped': withCode('57P04'),
  'a session that was idle for too long': withCode('57P05'),
  'a connection that broke': withCode('08006'),
  'a connection that is not there': withCode('08003'),
  'a server that refuses connections': withCode('08004'),
  'a full disk': withCode('53100'),
  'no memory left': withCode('53200'),
  'no connection left': withCode('53300'),
  'a disk that cannot be read': withCode('58030'),
  'a primary that only reads': withCode('25006'),
  'a statement that took too long': withCode('57014'),
  'a lock that took too long': withCode('55P03'),
  'a port where nobody listens': withCode('ECONNREFUSED'),
  'a connection that was reset': withCode('ECONNRESET'),
  'a network that is away': withCode('ENETUNREACH'),
  'a socket that is not there': Object.assign(withCode('ENOENT'), { syscall: 'connect' }),
  'two addresses where nobody listens': new AggregateError([withCode('ECONNREFUSED')]),
  'a connection that ended': new Error('Connection terminated unexpectedly'),
  'a connection that cannot be asked': new Error(
    'Client has encountered a connection error and is not queryable'
  ),
  'a client that did not get an answer': new Error('Query read timeout'),
  'a statement whose answer did not come': new Error('select * from shops - Query read timeout'),
  'a client that did not get a connection': new Error('timeout expired'),
  'a pool that is used up': new Error(
    'Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a .transacting(trx) call?'
  ),
  'a pool that was closed': new Error('Unable to acquire a connection'),
  'an error of ours that was caused by one': new Error('It failed', { cause: withCode('57P01') }),
}

test.group('Database away', () => {
  for (const [what, error] of Object.entries(SPELLINGS)) {
    test(`it is away: ${what}`, ({ assert }) => assert.isTrue(isAway(error)))
  }

  const MISTAKES = {
    'a row that is there already': withCode('23505'),
    'a column that is not there': withCode('42703'),
    'a password that is wrong': withCode('28P01'),
    'a file that is not there': Object.assign(withCode('ENOENT'), { syscall: 'open' }),
    'nothing at all': undefined,
  }
  for (const [what, error] of Object.entries(MISTAKES)) {
    test(`it is there: ${what}`, ({ assert }) => assert.isFalse(isAway(error)))
  }
})

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
