import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { attackedServer } from '#tests/helpers/attacked_server'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { unfinishedUpload } from '#tests/helpers/unfinished_upload'
import { Visitor } from '#tests/helpers/visitor'

const MEGABYTE = 1_000_000

test.group('Uploads', (group) => {
  const directory = mkdtempSync(join(tmpdir(), 'uploads-'))
  const server = attackedServer(group, { TMPDIR: directory })
  const files = () =>
    [directory, app.makePath('tmp')].filter(existsSync).flatMap((path) => readdirSync(path))
  let path: string

  group.each.timeout(120_000)
  group.teardown(() => rmSync(directory, { recursive: true }))
  group.each.setup(async () => {
    await emptyDatabase()
    path = `/owner/shops/${(await createShop()).id}/product-imports`
  })

  const memory = () => {
    const { pid } = server.process()
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) * 1_024
  }

  for (const who of ['nobody', 'the owner of another shop']) {
    test(`of ${who}, 200 in waves, leave no file and stay in no memory`, async ({ assert }) => {
      const visitor = new Visitor(undefined, server.origin())
      if (who !== 'nobody') await loggedIn(await createOwner(), visitor)
      const send = async () => {
        const body = new FormData()
        body.set('file', new File(['x'.repeat(MEGABYTE)], 'list.csv'))
        const response = await visitor.send('POST', path, body).catch(() => null)
        await response?.text().catch(() => {})
        return response?.status
      }
      const sendMany = async () => {
        const statuses = await Promise.all(Array.from({ length: 20 }, send))
        assert.notInclude(statuses, 200)
      }
      await sendMany()
      const [filesBefore, memoryBefore] = [files(), memory()]
      for (let wave = 0; wave < 10; wave++) await sendMany()
      assert.deepEqual(files(), filesBefore)
      assert.isBelow(memory() - memoryBefore, 120 * MEGABYTE)
      assert.equal((await visitor.visit('/shops')).status, 200)
    })
  }

  test('that never end keep nobody waiting', async ({ assert }) => {
    const { cookieHeader: cookie } = await loggedIn(
      await createOwner(),
      new Visitor(undefined, server.origin())
    )
    const target = { origin: server.origin(), method: 'POST', path }
    const statuses = await Promise.all([
      ...Array.from({ length: 20 }, () => unfinishedUpload(target)),
      ...Array.from({ length: 10 }, () => unfinishedUpload({ ...target, headers: { cookie } })),
    ])
    assert.deepEqual([...new Set(statuses)], [303, 404])
  })
})
