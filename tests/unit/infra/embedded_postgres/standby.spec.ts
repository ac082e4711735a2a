import { test } from '@japa/runner'
import { saysLost } from '#infra/embedded_postgres/standby'

test.group('Embedded PostgreSQL | standby', () => {
  test('a standby that can never catch up is told from its log')
    .with([
      'ERROR:  requested WAL segment 00000001000000000000001C has already been removed',
      'ERROR:  can no longer access replication slot "embedded_standby"',
      'ERROR:  requested starting point 0/9000000 is ahead of the WAL flush position of this server 0/8000000',
      'FATAL:  database system identifier differs between the primary and standby',
      'FATAL:  highest timeline 1 of the primary is behind recovery timeline 2',
    ])
    .run(({ assert }, line) => assert.isTrue(saysLost(`LOG:  started\n${line}\n`)))

  test('a primary that is away for a while does not make a standby lost')
    .with([
      'FATAL:  streaming replication receiver "embedded_standby" could not connect to the primary server',
      'FATAL:  could not receive data from WAL stream: server closed the connection unexpectedly',
      'LOG:  waiting for WAL to become available at 0/3000018',
    ])
    .run(({ assert }, line) => assert.isFalse(saysLost(line)))
})
