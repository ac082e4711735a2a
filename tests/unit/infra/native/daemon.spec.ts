import { test } from '@japa/runner'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processIdentity } from '#infra/embedded_postgres/processes'
import { Runner } from '#infra/embedded_postgres/runner'
import { Daemon } from '#infra/native/daemon'
import { processTable } from '#infra/native/process_table'
import { eventually } from '#tests/helpers/eventually'

const runner = new Runner({
  mode: 'self',
  binaries: { nativeDirectory: '/usr', libraryPath: null },
  owner: null,
})

test.group('Daemon', (group) => {
  let directory: string
  let daemon: Daemon

  group.each.setup(() => {
    directory = mkdtempSync(join(tmpdir(), 'kirana-daemon-'))
    daemon = new Daemon(runner, directory, 'sleeper')
    return async () => {
      await daemon.kill()
      rmSync(directory, { recursive: true, force: true })
    }
  })

  test('is found by the next command, and stopped by it', async ({ assert }) => {
    daemon.start('/bin/sleep', ['60'])
    const { pid } = daemon
    const later = new Daemon(runner, directory, 'sleeper')
    assert.isNumber(pid)
    assert.equal(later.pid, pid)
    await later.stop(5_000)
    assert.isNull(later.pid)
    assert.isNull(processIdentity(pid!))
  })

  test('leaves a process alone that has got the id of one that is gone', async ({ assert }) => {
    const stranger = spawn('/bin/sleep', ['60'], { detached: true, stdio: 'ignore' })
    const started = processIdentity(stranger.pid!)!
    writeFileSync(join(directory, 'sleeper.pid'), `${stranger.pid}\n${started}0\n`)
    assert.isNull(daemon.pid)
    await daemon.stop(1_000)
    await daemon.kill()
    assert.equal(processIdentity(stranger.pid!), started)
    stranger.kill()
    await once(stranger, 'exit')
  })

  test('ends with all that it has started, also when it does not listen', async ({ assert }) => {
    daemon.start('/bin/sh', ['-c', `trap '' TERM; sleep 60 & sleep 60 & wait; wait; sleep 60`])
    const { pid } = daemon
    const members = () => processTable().filter((row) => row.group === pid)
    await eventually(() => assert.lengthOf(members(), 3))
    await daemon.stop(300)
    assert.lengthOf(members(), 0)
  })

  test('keeps what it says in its log, and the reason why it did not start', async ({ assert }) => {
    daemon.start('/bin/echo', ['ready'])
    await eventually(() => assert.equal(readFileSync(daemon.log.path, 'utf8'), 'ready\n'))
    daemon.start('/bin/no-such-program', [])
    await eventually(() => assert.include(daemon.log.tail(), 'ENOENT'))
    assert.isNull(daemon.pid)
  })
})
