import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { FROM_OUR_PAGES, Visitor } from '#tests/helpers/visitor'

const HTTPS = { 'accept-language': 'en', 'x-forwarded-proto': 'https' }
const OLD = /^(kirana_session|locale|known|flash|seen(_\w+)?)$/

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

  test('a cart and a login from before are kept, and their cookies move once', async ({
    assert,
  }) => {
    const before = await loggedIn(await createUser())
    const product = await addsToCart(before)
    const after = new Visitor(HTTPS)
    for (const [name, value] of before.cookies) after.cookies.set(name, value)
    const page = await after.visit('/cart')
    assert.include(page.text, product.name)
    assert.include(page.html, '/logout')
    assert.deepEqual(
      [...after.cookies.keys()].filter((name) => OLD.test(name)),
      []
    )
    assert.equal(after.cookies.get('__Host-kirana_session'), before.cookies.get('kirana_session'))
    assert.include((await after.visit('/cart')).text, product.name)
  })

  test('a cart of a guest is kept too, and its cookie moves once', async ({ assert }) => {
    const before = new Visitor()
    const product = await addsToCart(before)
    const after = new Visitor(HTTPS)
    for (const [name, value] of before.cookies) after.cookies.set(name, value)
    assert.include((await after.visit('/cart')).text, product.name)
    const names = [...after.cookies.keys()].filter((name) => name.includes('cart_'))
    assert.lengthOf(names, 1)
    assert.match(names[0], /^__Host-cart_[0-9a-f]{8}$/)
    assert.include((await after.visit('/cart')).text, product.name)
  })

  test('a cart that another host has set does not join ours', async ({ assert }) => {
    const ours = new Visitor(HTTPS)
    const product = await addsToCart(ours)
    const theirs = new Visitor()
    const planted = await addsToCart(theirs)
    for (const [name, value] of theirs.cookies) {
      if (name.startsWith('cart_')) ours.cookies.set(name, value)
    }
    const page = await ours.visit('/cart')
    assert.include(page.text, product.name)
    assert.notInclude(page.text, planted.name)
    const more = await addsToCart(ours)
    assert.notInclude((await theirs.visit('/cart')).text, more.name)
  })

  test('a cookie that another host has set does not count beside ours', async ({ assert }) => {
    const ours = await loggedIn(await createUser(), new Visitor(HTTPS))
    const product = await addsToCart(ours)
    const theirs = await loggedIn(await createUser())
    ours.cookies.set('kirana_session', theirs.cookies.get('kirana_session')!)
    const page = await ours.visit('/cart')
    assert.include(page.text, product.name)
    assert.isFalse(ours.cookies.has('kirana_session'))
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
