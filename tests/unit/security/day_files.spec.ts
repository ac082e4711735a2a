import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { DayFiles } from '#security/day_files'

test.group('Files of the security log', (group) => {
  let directory: string
  let files: DayFiles

  group.each.setup(async () => {
    directory = await mkdtemp(join(tmpdir(), 'day-files-'))
    files = new DayFiles(join(directory, 'logs'))
    await files.prepare()
    return () => rm(directory, { recursive: true })
  })

  const names = async () => (await readdir(join(directory, 'logs'))).toSorted()

  test('are one for each day, for their owner alone', async ({ assert }) => {
    await files.append('{"n":1}\n', new Date('2026-11-28T23:59:59Z'))
    await files.append('{"n":2}\n', new Date('2026-11-29T00:00:00Z'))
    await files.append('{"n":3}\n', new Date('2026-11-29T00:00:01Z'))
    assert.deepEqual(await names(), ['security-2026-11-28.jsonl', 'security-2026-11-29.jsonl'])
    const second = join(directory, 'logs', 'security-2026-11-29.jsonl')
    assert.equal(await readFile(second, 'utf8'), '{"n":2}\n{"n":3}\n')
    assert.equal((await stat(second)).mode & 0o777, 0o600)
    assert.equal((await stat(join(directory, 'logs'))).mode & 0o777, 0o700)
  })

  test('are kept for 90 days, and no other file is touched', async ({ assert }) => {
    await files.append('{}\n', new Date('2026-08-29T12:00:00Z'))
    await files.append('{}\n', new Date('2026-08-30T12:00:00Z'))
    await files.append('{}\n', new Date('2026-11-28T12:00:00Z'))
    await writeFile(join(directory, 'logs', 'security-notes.txt'), 'mine')
    assert.equal(await files.forget(90, new Date('2026-11-28T13:00:00Z')), 1)
    assert.deepEqual(await names(), [
      'security-2026-08-30.jsonl',
      'security-2026-11-28.jsonl',
      'security-notes.txt',
    ])
  })

  test('say what to set where they cannot be', async ({ assert }) => {
    await writeFile(join(directory, 'file'), '')
    await assert.rejects(
      () => new DayFiles(join(directory, 'file', 'logs')).prepare(),
      /set SECURITY_LOG to another directory or to stdout/
    )
  })
})
