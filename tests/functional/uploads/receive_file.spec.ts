import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import config from '@adonisjs/core/services/config'
import { test } from '@japa/runner'
import { changingRoutes } from '#tests/helpers/changing_routes'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { unfinishedUpload } from '#tests/helpers/unfinished_upload'
import { Visitor } from '#tests/helpers/visitor'

const HEADER = 'name,name_hi,category,unit,price,stock'
const list = (rows: string) => new File([`${HEADER}\n${rows}`], 'list.csv')
const files = async () =>
  [await readdir(tmpdir()), await readdir(app.makePath('tmp')).catch(() => [])].flat()

test.group('Files that are sent', (group) => {
  let visitor: Visitor
  let path: string

  group.each.timeout(60_000)
  /** Other programs write to the directory of everybody. */
  group.setup(async () => {
    const { TMPDIR } = process.env
    const own = (process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'uploads-')))
    return () => {
      if (TMPDIR) process.env.TMPDIR = TMPDIR
      else delete process.env.TMPDIR
      return rm(own, { recursive: true })
    }
  })
  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    path = `/owner/shops/${(await createShop({ ownerId: owner.id })).id}/product-imports`
    visitor = await loggedIn(owner)
  })

  const send = (...parts: [string, string | File][]) => {
    const body = new FormData()
    for (const [name, value] of parts) body.append(name, value as string)
    return visitor.request('POST', path, body)
  }

  test('are answered before they are read, on every route, to who may not send them', async ({
    assert,
  }) => {
    const before = await files()
    const strangers = [
      new Visitor(),
      await loggedIn(await createUser()),
      await loggedIn(await createOwner()),
    ]
    for (const { cookieHeader: cookie, origin } of strangers) {
      for (const route of changingRoutes()) {
        const status = await unfinishedUpload({ origin, ...route, headers: { cookie } })
        assert.include([303, 404, 415], status, `${route.method} ${route.path}`)
      }
      const foreign = { 'sec-fetch-site': 'cross-site', cookie }
      const status = await unfinishedUpload({ origin, method: 'POST', path, headers: foreign })
      assert.equal(status, 403)
      const target = { origin, method: 'POST', path, headers: { cookie } }
      assert.include([303, 404], await unfinishedUpload(target))
    }
    assert.deepEqual(await files(), before)
  })

  test('are never read by the body parser', ({ assert }) => {
    assert.isFalse(config.get('bodyparser.multipart.autoProcess'))
  })

  test('are kept in memory alone, and their fields are trimmed', async ({ assert }) => {
    const before = await files()
    const page = await send(['file', list('Poha,,,1 kg,40,10')], ['csv', '  '])
    assert.equal(page.status, 200)
    assert.include(page.text, 'Poha')
    assert.deepEqual(await files(), before)
  })

  test('are refused on routes that take none', async ({ assert }) => {
    const body = new FormData()
    body.set('locale', 'hi')
    assert.equal((await visitor.request('POST', '/language', body)).status, 415)
  })

  for (const [what, parts] of Object.entries<[string, string | File][]>({
    'that are too large': [['file', new File(['x'.repeat(2_200_000)], 'list.csv')]],
    'with too much text beside them': [['csv', 'x'.repeat(2_200_000)]],
    'with too many fields': Array.from({ length: 40 }, (_, n) => [`field_${n}`, 'x']),
    'that are more than one': [
      ['file', list('a')],
      ['file', list('b')],
    ],
  })) {
    test(`${what} are refused, and the next one is read`, async ({ assert }) => {
      assert.equal((await send(...parts)).status, 413)
      assert.equal((await send(['file', list('Poha,,,1 kg,40,10')])).status, 200)
    })
  }

  test('without an end, or in no order, are refused as such', async ({ assert }) => {
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc'
    for (const [type, body] of [
      ['multipart/form-data; boundary=b', part],
      ['multipart/form-data; boundary=b', '--b nonsense'],
      ['multipart/form-data', part],
    ]) {
      const page = await visitor.request('POST', path, body, { 'content-type': type })
      assert.equal(page.status, 400, `${type} ${body}`)
    }
    assert.equal((await send(['file', list('Poha,,,1 kg,40,10')])).status, 200)
  })

  test('whose sender goes away in the middle leave nothing, and the next one is read', async ({
    assert,
  }) => {
    const before = await files()
    for (let attempt = 0; attempt < 5; attempt++) {
      const upload = request(new URL(path, visitor.origin), {
        method: 'POST',
        headers: {
          'cookie': visitor.cookieHeader,
          'sec-fetch-site': 'same-origin',
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': 900_000,
        },
      })
      upload.on('error', () => {})
      await new Promise((resolve) =>
        upload.write(
          `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx`,
          resolve
        )
      )
      upload.destroy()
    }
    assert.equal((await send(['file', list('Poha,,,1 kg,40,10')])).status, 200)
    assert.deepEqual(await files(), before)
  })

  test('are limited for each owner', async ({ assert }) => {
    const body = new URLSearchParams({ csv: '' })
    const statuses = []
    for (let attempt = 0; attempt < 121; attempt++) {
      statuses.push((await visitor.send('POST', path, body)).status)
    }
    assert.deepEqual([...new Set(statuses)], [422, 429])
    assert.equal(statuses.filter((status) => status === 429).length, 1)
  })
})
