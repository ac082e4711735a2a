import { test } from '@japa/runner'
import {
  renderAccess,
  renderSettings,
  serverSettings,
  standbySettings,
} from '#infra/embedded_postgres/settings'

test.group('Embedded PostgreSQL | settings', () => {
  test('the log holds what a change feed needs and no committed change is lost', ({ assert }) => {
    assert.containsSubset(serverSettings(20_001), {
      port: 20_001,
      wal_level: 'logical',
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
    })
  })

  test('servers listen on this machine alone and ask everybody for a password', ({ assert }) => {
    const settings = serverSettings(20_001)
    assert.equal(settings.listen_addresses, '127.0.0.1')
    assert.equal(settings.unix_socket_directories, '')
    for (const line of renderAccess().trim().split('\n')) {
      assert.match(line, /^host (all|replication) all 127\.0\.0\.1\/32 scram-sha-256$/)
    }
  })

  test('a slot that nobody reads cannot fill the disk', ({ assert }) => {
    assert.equal(serverSettings(20_001).max_slot_wal_keep_size, '1GB')
  })

  test('quotes and backslashes in a value reach the server as they are', ({ assert }) => {
    const { primary_conninfo: connection } = standbySettings({ port: 1, password: `o'n\\e` })
    assert.include(connection, `password='o\\'n\\\\e'`)
    assert.include(renderSettings({ connection }), `password=''o\\''n\\\\e''`)
  })
})
