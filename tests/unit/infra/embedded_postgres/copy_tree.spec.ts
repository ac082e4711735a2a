import { test } from '@japa/runner'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { copyDataDirectory, isLeftOut } from '#infra/embedded_postgres/copy_tree'

test.group('Embedded PostgreSQL | copy of a data directory', (group) => {
  let root: string

  group.each.setup(() => {
    root = mkdtempSync(join(tmpdir(), 'copy-'))
    return () => rmSync(root, { recursive: true })
  })

  function write(path: string, text: string) {
    mkdirSync(dirname(join(root, 'from', path)), { recursive: true })
    writeFileSync(join(root, 'from', path), text)
  }

  const read = (path: string) => readFileSync(join(root, 'to', path), 'utf8')

  test('tables and the control file are copied', async ({ assert }) => {
    write('base/5/16384', 'a table')
    write('global/pg_control', 'control')
    await copyDataDirectory(join(root, 'from'), join(root, 'to'))
    assert.equal(read('base/5/16384'), 'a table')
    assert.equal(read('global/pg_control'), 'control')
  })

  test('what belongs to the running server stays behind, its folders do not', async ({
    assert,
  }) => {
    write('global/pg_control', 'control')
    write('pg_wal/000000010000000000000001', 'log')
    write('pg_replslot/embedded_standby/state', 'slot')
    write('postmaster.pid', '1')
    await copyDataDirectory(join(root, 'from'), join(root, 'to'))
    assert.isTrue(existsSync(join(root, 'to/pg_wal/archive_status')))
    assert.isTrue(existsSync(join(root, 'to/pg_replslot')))
    assert.isFalse(existsSync(join(root, 'to/pg_wal/000000010000000000000001')))
    assert.isFalse(existsSync(join(root, 'to/pg_replslot/embedded_standby')))
    assert.isFalse(existsSync(join(root, 'to/postmaster.pid')))
  })

  test('a copy can be called off', async ({ assert }) => {
    write('global/pg_control', 'control')
    write('base/5/16384', 'a table')
    const signal = AbortSignal.abort(new Error('called off'))
    await assert.rejects(
      () => copyDataDirectory(join(root, 'from'), join(root, 'to'), signal),
      'called off'
    )
  })

  test('temporary files are left out wherever they are')
    .with(['base/pgsql_tmp/pgsql_tmp1.0', 'base/5/pg_internal.init', 'kirana.conf.draft'])
    .run(({ assert }, path) => assert.isTrue(isLeftOut(path)))
})
