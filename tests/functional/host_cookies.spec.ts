import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { FROM_OUR_PAGES, Visitor } from '#tests/helpers/visitor'

const HTTPS = { 'accept-language': 'en', 'x-forwarded-proto': 'https' }

const addsToCart = async (visitor: Visitor) => {
  const product = await createProduct()
  await standbyCaughtUp()
  const body = new URLSearchParams({ product_id: product.id, quantity: '1' })
  await visitor.request('POST', '/cart/items', body, FROM_OUR_PAGES)
  await eventually(async () => {
    const { text } = await visitor.visit('/cart')
    if (!text.includes(product.name)) throw new Error('Not in the cart')
  })
  return product
}

test.group('Cookies of this host', (group) => {
  group.setup(emptyDatabase)

  test('over https every cookie is bound to the host', async ({ assert }) => {
    const visitor = new Visitor(HTTPS)
    await addsToCart(visitor)
    const language = new URLSearchParams({ locale: 'hi', back: '/' })
    await visitor.request('POST', '/language', language, FROM_OUR_PAGES)
    await loggedIn(await createUser(), visitor)
    const names = [...visitor.cookies.keys()]
    assert.includeMembers(names, ['__Host-kirana_session', '__Host-locale', '__Host-known'])
    assert.deepEqual(
      names.filter((name) => !name.startsWith('__Host-')),
      []
    )
    const answer = await new Visitor(HTTPS).send('GET', '/')
    for (const cookie of answer.headers.getSetCookie()) {
      assert.match(cookie, /^__Host-.*; HttpOnly.*; Path=\/; Secure$/)
      assert.notMatch(cookie, /domain/i)
    }
  })

  test('cookies planted over plain http count for nothing', async ({ assert }) => {
    const theirs = new Visitor({ 'accept-language': 'en' })
    await theirs.request('POST', '/language', new URLSearchParams({ locale: 'hi', back: '/' }))
    const planted = await addsToCart(theirs)
    await loggedIn(await createUser({ fullName: 'Mallory' }), theirs)
    const body = new URLSearchParams({ product_id: planted.id })
    theirs.keepCookies(await theirs.send('POST', '/cart/items', body))
    const cart = new Visitor()
    await addsToCart(cart)
    for (const [name, value] of cart.cookies) theirs.cookies.set(name, value)
    theirs.cookies.set('confirm', 's:planted')
    const kinds = [...theirs.cookies.keys()].map((name) => name.replace(/_[0-9a-f]{8}$/, ''))
    assert.includeMembers(kinds, ['kirana_session', 'locale', 'known', 'flash', 'cart', 'confirm'])

    for (const plant of [(name: string) => name, (name: string) => `\u00A0__Host-${name}`]) {
      const ours = new Visitor(HTTPS)
      for (const [name, value] of theirs.cookies) ours.cookies.set(plant(name), value)
      const { headers, html, $ } = await ours.visit('/shops')
      assert.equal($('html').attr('lang'), 'en')
      assert.notInclude(html, 'Mallory')
      assert.lengthOf($('#status .notice'), 0)
      assert.equal($('#cart-badge [aria-hidden]').text() || '0', '0')
      assert.match(headers.get('cache-control')!, /no-cache$/)
      assert.notInclude((await ours.visit('/cart')).text, planted.name)
      assert.match((await ours.visit('/orders')).path, /^\/login/)
    }
  })

  test('cookies planted beside ours neither join nor replace them', async ({ assert }) => {
    const ours = await loggedIn(await createUser({ fullName: 'Asha Verma' }), new Visitor(HTTPS))
    const product = await addsToCart(ours)
    const login = await loggedIn(await createUser({ fullName: 'Mallory' }))
    const cart = new Visitor()
    const planted = await addsToCart(cart)
    for (const [name, value] of [...login.cookies, ...cart.cookies]) ours.cookies.set(name, value)
    const page = await ours.visit('/cart')
    assert.include(page.text, product.name)
    assert.include(page.text, 'Asha Verma')
    assert.notInclude(page.text, planted.name)
    const more = await addsToCart(ours)
    assert.notInclude((await cart.visit('/cart')).text, more.name)
  })

  test('over plain http the names are as they were', async ({ assert }) => {
    const visitor = new Visitor()
    await addsToCart(visitor)
    const names = [...visitor.cookies.keys()]
    assert.lengthOf(
      names.filter((name) => name.startsWith('cart_')),
      1
    )
    await loggedIn(await createUser(), visitor)
    assert.isTrue(visitor.cookies.has('kirana_session'))
    assert.deepEqual(
      names.filter((name) => name.startsWith('__')),
      []
    )
  })
})
