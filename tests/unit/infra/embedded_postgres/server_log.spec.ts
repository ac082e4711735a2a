import { test } from '@japa/runner'
import { appendFileSync, closeSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerLog } from '#infra/embedded_postgres/server_log'

test.group('Embedded PostgreSQL | log of a server', (group) => {
  let directory: string
  let log: ServerLog

  group.each.setup(() => {
    directory = mkdtempSync(join(tmpdir(), 'log-'))
    log = new ServerLog({ claim() {} }, join(directory, 'primary.log'))
    return () => rmSync(directory, { recursive: true })
  })

  test('the reason for a failed start is the last fatal message', ({ assert }) => {
    closeSync(log.open())
    appendFileSync(log.path, '2026 UTC [7] LOG:  starting\n2026 UTC [7] FATAL:  no room\n')
    appendFileSync(log.path, '2026 UTC [7] LOG:  database system is shut down\n')
    assert.equal(log.lastError(), 'no room')
  })

  test('messages of an earlier start do not count', ({ assert }) => {
    appendFileSync(log.path, '2026 UTC [7] FATAL:  of yesterday\n')
    closeSync(log.open())
    assert.equal(log.tail(), '')
    appendFileSync(log.path, '2026 UTC [8] LOG:  of today\n')
    assert.equal(log.tail(), '2026 UTC [8] LOG:  of today\n')
  })

  test('a long log is set aside and the file goes on empty', ({ assert }) => {
    closeSync(log.open())
    appendFileSync(log.path, 'x'.repeat(100))
    log.rotate(99)
    assert.equal(statSync(log.path).size, 0)
    assert.equal(readFileSync(`${log.path}.1`, 'utf8'), 'x'.repeat(100))
    assert.equal(statSync(`${log.path}.1`).mode & 0o077, 0)
  })
})
