import { test } from '@japa/runner'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClusterDirectory } from '#infra/embedded_postgres/cluster_directory'
import { EmbeddedPostgresError } from '#infra/embedded_postgres/errors'

test.group('Embedded PostgreSQL | data directory', (group) => {
  let root: string

  group.each.setup(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), `data "it's" `)))
    return () => rmSync(root, { recursive: true })
  })

  function refusal(path: string) {
    try {
      ClusterDirectory.open(path)
    } catch (error) {
      if (error instanceof EmbeddedPostgresError) return error
      throw error
    }
  }

  test('it is made for its owner alone, with the folders above it', ({ assert }) => {
    const { path } = ClusterDirectory.open(join(root, 'a/b'))
    assert.equal(path, join(root, 'a/b'))
    assert.equal(statSync(path).mode & 0o777, 0o700)
  })

  test('every way to it is one path', ({ assert }) => {
    symlinkSync(root, join(root, 'link'))
    assert.equal(ClusterDirectory.open(join(root, 'link/data')).path, join(root, 'data'))
  })

  test('a file in its place is one clear error', ({ assert }) => {
    writeFileSync(join(root, 'file'), '')
    for (const path of ['file', 'file/data']) {
      const error = refusal(join(root, path))
      assert.equal(error?.code, 'E_DATA_DIRECTORY_UNWRITABLE')
      assert.include(error?.message, join(root, path))
      assert.instanceOf(error?.cause, Error)
    }
  })

  test('a file system that takes no folders is one clear error', ({ assert }) => {
    assert.equal(refusal('/proc/kirana/data')?.code, 'E_DATA_DIRECTORY_UNWRITABLE')
  }).skip(process.platform !== 'linux')

  test('a folder with other files in it is left alone', ({ assert }) => {
    writeFileSync(join(root, 'thesis.txt'), '')
    assert.equal(refusal(root)?.code, 'E_DATA_DIRECTORY_INVALID')
    assert.isTrue(existsSync(join(root, 'thesis.txt')))
  })

  test('what an interrupted start was making is removed, the servers are not', ({ assert }) => {
    for (const name of ['primary', 'primary.new-1', 'standby', 'standby.new', 'standby.old']) {
      mkdirSync(join(root, name))
    }
    writeFileSync(join(root, 'cluster.json'), '')
    ClusterDirectory.open(root).removeDrafts()
    assert.isTrue(existsSync(join(root, 'primary')))
    assert.isTrue(existsSync(join(root, 'standby')))
    assert.isFalse(existsSync(join(root, 'primary.new-1')))
    assert.isFalse(existsSync(join(root, 'standby.new')))
    assert.isFalse(existsSync(join(root, 'standby.old')))
  })
})
