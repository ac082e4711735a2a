import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { askForBytes } from '#tests/helpers/raw_request'
import { everyPage, pagesOf } from './every_page.js'

/** A part of a page, the API's own page, and what is printed. */
const BARE = /^\/(search\/suggestions|docs)$|\/packing-slip$/

test.group('Every page', (group) => {
  let walk: Awaited<ReturnType<typeof everyPage>>

  group.setup(async () => {
    await emptyDatabase()
    walk = await everyPage()
  })

  test('of a person who is logged in can log them out', async ({ assert }) => {
    for (const visitor of [walk.customer, walk.owner]) {
      let seen = 0
      for await (const { $, asked } of pagesOf(visitor, walk.pages)) {
        if (BARE.test(asked)) continue
        assert.isAbove($('form[action="/logout"] button').length, 0, asked)
        seen++
      }
      assert.isAbove(seen, 10)
    }
  })

  test('loads nothing from elsewhere', async ({ assert }) => {
    for (const visitor of [walk.customer, walk.owner]) {
      for await (const { $, asked } of pagesOf(visitor, walk.pages)) {
        for (const loaded of $('[src], link[href], use[href], form[action]').toArray()) {
          const { src, href, action } = loaded.attribs
          assert.match(src ?? href ?? action, /^(\/(?!\/)|#|data:image\/)/, asked)
        }
      }
    }
  })

  test('names its files by addresses that are kept for good', async ({ assert }) => {
    const named = new Set<string>()
    for (const visitor of [walk.customer, walk.owner]) {
      for await (const { $ } of pagesOf(visitor, walk.pages)) {
        const files = $('script[src], link[rel=icon], link[rel=stylesheet], img[src], use[href]')
        for (const { attribs } of files.toArray()) {
          named.add((attribs.src ?? attribs.href).replace(/#.*/, ''))
        }
      }
    }
    const files = [...named].filter((url) => !/^(data:|$)|\/upi\.svg(\?|$)/.test(url))
    assert.includeMembers(
      files.map((url) => url.split('?')[0]),
      ['/app.css', '/app.js', '/htmx.min.js', '/live.js', '/docs/swagger-ui.css', '/favicon.svg']
    )
    for (const url of files) {
      const { status, headers } = await askForBytes({ path: url })
      assert.equal(status, 200, url)
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable', url)
    }
  })

  test('says its type and its characters', async ({ assert }) => {
    const { id } = walk.world.order
    const rest = [`/orders/${id}/upi.svg`, `/owner/orders.csv`, '/metrics', '/openapi.json']
    const files = ['/docs/swagger-ui.css', '/app.css', '/app.js', '/favicon.svg', '/robots.txt']
    const errors = ['/nowhere', '/%E0%A4%A', '/owner/nowhere']
    for (const visitor of [walk.customer, walk.owner]) {
      for (const path of [...walk.pages, ...rest, ...files, ...errors]) {
        const response = await visitor.send('GET', path)
        const body = await response.text()
        if (!body) continue
        const type = response.headers.get('content-type')
        assert.match(type!, /^application\/json(;|$)|; ?charset=utf-8/i, path)
      }
    }
  })

  test('with a secret to type in sends it in its body', async ({ assert }) => {
    let secrets = 0
    for await (const { $, asked } of pagesOf(walk.customer, [...walk.pages, '/logout'])) {
      for (const field of $(
        'input[type=password], input[name=code], input[name=mobile]'
      ).toArray()) {
        assert.match($(field).closest('form').attr('method')!, /^post$/i, asked)
        secrets++
      }
    }
    assert.isAbove(secrets, 0)
  })

  test('that is downloaded has a name of ours', async ({ assert }) => {
    const products = `/owner/shops/${walk.world.shop.id}/products.csv`
    for (const [path, name] of [
      ['/owner/orders.csv', 'orders.csv'],
      [products, 'products.csv'],
    ]) {
      const response = await walk.owner.send('GET', `${path}?filename=evil.html&name=evil`)
      await response.text()
      assert.equal(response.headers.get('content-disposition'), `attachment; filename="${name}"`)
    }
  })
})
