import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

const HTMX = { 'hx-request': 'true', 'hx-request-type': 'partial' }

const click = (visitor: Visitor, { id }: Product, headers = {}) =>
  visitor.send('POST', '/cart/items', new URLSearchParams({ product_id: id }), headers)

const cartCookies = ({ cookies }: Visitor) => {
  return [...cookies].filter(([name]) => name.startsWith('cart_'))
}

const quantities = async (visitor: Visitor) => {
  const { $ } = await visitor.visit('/cart')
  return $('.stepper .quantity')
    .map((_, line) => Number($(line).text().replace(/\D/g, '')))
    .get()
}

const count = async (table: string) => Number((await db.from(table).count('* as n'))[0].n)

test.group('First clicks of a browser, at once and without any cookie', (group) => {
  let besan: Product
  let poha: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const { id: shopId } = await createShop()
    besan = await createProduct({ shopId, name: 'Besan', stock: 500 })
    poha = await createProduct({ shopId, name: 'Poha', stock: 500 })
    await standbyCaughtUp()
    visitor = new Visitor()
  })

  /** Both answers have arrived, in this order. */
  const clickBoth = async (headers = {}, order = [0, 1]) => {
    const answers = await Promise.all([
      click(visitor, besan, headers),
      click(visitor, poha, headers),
    ])
    for (const index of order) visitor.keepCookies(answers[index])
  }

  for (const [how, headers] of [
    ['with htmx', HTMX],
    ['without JavaScript', {}],
  ] as const) {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      test(`${how} are one cart with both lines, whichever answer comes last (${order})`, async ({
        assert,
      }) => {
        await clickBoth(headers, order)
        const page = await visitor.visit('/cart')
        assert.include(page.$('main').text(), 'Besan')
        assert.include(page.$('main').text(), 'Poha')
        assert.equal(page.$('#cart-badge [aria-hidden]').text(), '2')

        visitor.keepCookies(await click(visitor, besan, headers))
        assert.sameMembers(await quantities(visitor), [2, 1])
        assert.lengthOf(cartCookies(visitor), 1)
        assert.equal(await count('carts'), 1)
      })
    }
  }

  test('on the same product count both', async ({ assert }) => {
    const answers = await Promise.all([click(visitor, besan), click(visitor, besan)])
    for (const answer of answers) visitor.keepCookies(answer)
    assert.deepEqual(await quantities(visitor), [2])
    visitor.keepCookies(await click(visitor, besan))
    assert.deepEqual(await quantities(visitor), [3])
  })

  test('are joined once by many next clicks at once, and each counts', async ({ assert }) => {
    await clickBoth()
    const answers = await Promise.all(Array.from({ length: 12 }, () => click(visitor, besan)))
    for (const answer of answers) {
      assert.equal(answer.status, 303)
      visitor.keepCookies(answer)
    }
    assert.sameMembers(await quantities(visitor), [13, 1])
    assert.lengthOf(cartCookies(visitor), 1)
    assert.equal(await count('carts'), 1)
  })

  test('are joined while another click knows only one of them, and nothing is lost', async ({
    assert,
  }) => {
    const first = new Visitor()
    const second = new Visitor()
    first.keepCookies(await click(first, besan))
    second.keepCookies(await click(second, poha))
    for (const [name, value] of [...cartCookies(first), ...cartCookies(second)]) {
      visitor.cookies.set(name, value)
    }
    const clicks = Array.from({ length: 18 }, (_, n) => {
      return click([visitor, first, second][n % 3], besan)
    })
    for (const { status } of await Promise.all(clicks)) assert.equal(status, 303)
    assert.sameMembers(await quantities(visitor), [19, 1])
    assert.sameMembers(await quantities(first), [19, 1])
    assert.equal(await count('carts'), 1)
  })

  test('leave an old cookie that leads to the same cart when it comes again', async ({
    assert,
  }) => {
    await clickBoth()
    const old = new Map(visitor.cookies)
    visitor.keepCookies(await click(visitor, besan))
    for (const [name, value] of old) visitor.cookies.set(name, value)
    assert.sameMembers(await quantities(visitor), [2, 1])
    visitor.keepCookies(await click(visitor, poha))
    assert.deepEqual(await quantities(visitor), [2, 2])
    assert.lengthOf(cartCookies(visitor), 1)
  })

  test('set a cookie that scripts cannot read, whose value no table has', async ({ assert }) => {
    const answer = await click(visitor, besan)
    const [cookie] = answer.headers.getSetCookie().filter((text) => text.startsWith('cart_'))
    assert.match(cookie, /; HttpOnly; SameSite=Lax/)
    const [, shown] = decodeURIComponent(cookie).match(/=s:([^.]+)/)!
    const { message } = JSON.parse(Buffer.from(shown, 'base64url').toString())
    assert.isAtLeast(message.length, 32)
    const [{ hash }] = await db.from('cart_tokens')
    assert.notInclude(hash, message)
    assert.match(hash, /^[0-9a-f]{64}$/)
  })

  test('do nothing with cookies that are forged, cut off or of no cart', async ({ assert }) => {
    visitor.keepCookies(await click(visitor, besan))
    const [[name, value]] = cartCookies(visitor)
    const other = new Visitor()
    for (const [n, wrong] of ['x', '', value.slice(0, -4), `${value}x`, 's:e30.x'].entries()) {
      other.cookies.set(`cart_0000000${n}`, wrong)
    }
    for (let n = 10; n < 60; n++) other.cookies.set(`cart_000000${n}`, value.slice(0, -2))
    other.cookies.set(`cart_${'0'.repeat(40)}`, value)
    assert.deepEqual(await quantities(other), [])
    other.keepCookies(await click(other, poha))
    assert.deepEqual(await quantities(other), [1])
    assert.lengthOf(
      cartCookies(other).filter(([known]) => known.length === name.length),
      1
    )
    assert.deepEqual(await quantities(visitor), [1])
  })

  test('begin nothing when nothing is added', async ({ assert }) => {
    await besan.merge({ stock: 0 }).save()
    await standbyCaughtUp()
    visitor.keepCookies(await click(visitor, besan))
    await visitor.request('POST', `/cart/items/${poha.id}?_method=DELETE`, new URLSearchParams())
    await visitor.request('POST', '/cart?_method=DELETE', new URLSearchParams())
    assert.equal(await count('carts'), 0)
    assert.lengthOf(cartCookies(visitor), 0)
  })
})
