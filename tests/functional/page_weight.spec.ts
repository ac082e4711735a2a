import { brotliCompressSync, gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

const KILOBYTE = 1024

test.group('Page weight', (group) => {
  group.setup(async () => {
    await emptyDatabase()
    await createProduct()
  })

  test('the first page is at most 14 KB of HTML and CSS, and 25 KB of JavaScript', async ({
    assert,
  }) => {
    const { $, html } = await new Visitor().visit('/')
    const files = (selector: string, attribute: string) =>
      $(selector)
        .map((_, element) => $(element).attr(attribute)!.split('?')[0])
        .get()
    const weigh = (paths: string[]) =>
      paths.reduce((sum, path) => sum + gzipSync(readFileSync(app.publicPath(path))).length, 0)
    const styles = files('link[rel=stylesheet]', 'href')
    assert.lengthOf(styles, 1)
    assert.isAtMost(gzipSync(html).length + weigh(styles), 14 * KILOBYTE)
    assert.isAtMost(weigh(files('script[src]', 'src')), 25 * KILOBYTE)
  })

  test('what is sent is compressed', async ({ assert }) => {
    const page = await new Visitor({ 'accept-encoding': 'br' }).visit('/')
    assert.equal(page.headers.get('content-encoding'), 'br')
    assert.isBelow(brotliCompressSync(page.html).length, page.html.length)
  })

  test('htmx is the published one, byte for byte', ({ assert }) => {
    const published = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js')
    assert.isTrue(readFileSync(app.publicPath('htmx.min.js')).equals(readFileSync(published)))
  })
})
