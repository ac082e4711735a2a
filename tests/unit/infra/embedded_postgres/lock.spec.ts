import { test } from '@japa/runner'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataDirectoryInUse } from '#infra/embedded_postgres/errors'
import { DirectoryLock, type Owner } from '#infra/embedded_postgres/lock'
import { processIdentity } from '#infra/embedded_postgres/processes'

test.group('Embedded PostgreSQL | owner of a data directory', (group) => {
  let directory: string

  group.each.setup(() => {
    directory = mkdtempSync(join(tmpdir(), 'owner-'))
    return () => rmSync(directory, { recursive: true })
  })

  const ownedBy = (owner: Owner) =>
    writeFileSync(join(directory, 'owner-7.json'), JSON.stringify(owner))

  test('one process owns a directory until it lets go', ({ assert }) => {
    const lock = DirectoryLock.acquire(directory)
    assert.throws(() => DirectoryLock.acquire(directory), /is in use by process \d+/)
    assert.equal(DirectoryLock.owner(directory)?.pid, process.pid)
    lock.release()
    assert.isNull(DirectoryLock.owner(directory))
    DirectoryLock.acquire(directory).release()
  })

  test('others can tell whether the owner is ready', ({ assert }) => {
    const lock = DirectoryLock.acquire(directory)
    assert.equal(DirectoryLock.owner(directory)?.state, 'starting')
    lock.markRunning()
    assert.equal(DirectoryLock.owner(directory)?.state, 'running')
    lock.release()
  })

  test('an owner that was killed is followed by the next one', ({ assert }) => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    ownedBy({ pid, identity: 'of old', state: 'running' })
    assert.isNull(DirectoryLock.owner(directory))
    DirectoryLock.acquire(directory)
    assert.deepEqual(readdirSync(directory), ['owner-8.json'])
  })

  test('another process with the id of a dead owner is not the owner', ({ assert }) => {
    ownedBy({ pid: process.ppid, identity: 'of an earlier process', state: 'running' })
    assert.isNull(DirectoryLock.owner(directory))

    ownedBy({ pid: process.ppid, identity: processIdentity(process.ppid)!, state: 'running' })
    assert.throws(() => DirectoryLock.acquire(directory), DataDirectoryInUse as never)
  })

  test('a number is not given twice, so a slow competitor cannot get a place that is taken', ({
    assert,
  }) => {
    DirectoryLock.acquire(directory).release()
    assert.deepEqual(readdirSync(directory), ['owner-1.json'])
    DirectoryLock.acquire(directory).release()
    assert.deepEqual(readdirSync(directory), ['owner-2.json'])
  })

  test('an owner file that a power failure left empty is passed over', ({ assert }) => {
    writeFileSync(join(directory, 'owner-7.json'), '')
    assert.isNull(DirectoryLock.owner(directory))
    DirectoryLock.acquire(directory)
    assert.equal(DirectoryLock.owner(directory)?.pid, process.pid)
  })
})
