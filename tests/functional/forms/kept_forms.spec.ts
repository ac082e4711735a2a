import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import { chores } from '#housekeeping/chores'
import Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { keptFormPage } from '#pages/kept_form_page'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor, type Visit } from '#tests/helpers/visitor'

const KEPT = /^\/kept-forms\/[0-9a-f-]{36}$/

const rows = () => db.from('kept_forms')

/** Said by a field, over when one has logged in, never kept, or another's. */
const UNSAID = [
  'account.password.update',
  'account.push_subscription.destroy',
  'account.push_subscription.update',
  'kept_forms.destroy',
  'kept_forms.store',
  'owner.orders.step_back',
  'owner.orders.transitions',
  'owner.product_imports.store',
]

/** As a login that has expired or was ended elsewhere. */
const endSessions = () => db.from('sessions').delete()

const returnTo = (path: string) => new URL(path, 'http://x').searchParams.get('return_to')

async function logInAs(visitor: Visitor, user: User) {
  return visitor.submit('form[action*="/login"]', { username: user.username, password: PASSWORD })
}

/** Presses the button of the page and follows it to where the form was meant to go. */
async function sendNow(visitor: Visitor): Promise<Visit> {
  const { action, fields } = visitor.form('form[action*="/kept-forms/"]')
  const on = await visitor.send('POST', action, fields)
  visitor.keepCookies(on)
  if (on.status !== 307)
    return visitor.visit(new URL(on.headers.get('location')!, visitor.origin).pathname)
  const { pathname, search } = new URL(on.headers.get('location')!, visitor.origin)
  return (visitor.page = await visitor.request('POST', pathname + search, fields))
}

test.group('A form that is sent after its session ended', (group) => {
  let owner: User
  let shop: Shop
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200, stock: 10 })
    visitor = await loggedIn(owner)
  })

  const typeProduct = async (values: Record<string, string> = {}) => {
    await visitor.visit(`/owner/shops/${shop.id}/products/create`)
    await endSessions()
    return visitor.submit('#product-form', {
      name: 'Poha <b>&',
      unit: '500 g',
      price: '41.50',
      stock: '7',
      ...values,
    })
  }

  test('leads to the login, then shows what was typed, and is sent once', async ({ assert }) => {
    const login = await typeProduct()
    assert.match(login.path, /^\/login/)
    assert.include(login.text, 'You were logged out, so this was not sent.')
    const kept = await logInAs(visitor, owner)
    assert.match(kept.path, KEPT)
    assert.include(kept.text, 'This was not sent. Send it now?')
    for (const typed of ['Add a product', 'Poha <b>&', '500 g', '41.50', '7']) {
      assert.include(kept.text, typed)
    }
    assert.notInclude(kept.html, '<b>')
    assert.equal(kept.headers.get('cache-control'), 'private, no-store')
    assert.isNull(await Product.findBy('name', 'Poha <b>&'))

    const done = await sendNow(visitor)
    assert.equal(done.path, `/owner/shops/${shop.id}`)
    assert.include(done.text, 'Product added.')
    assert.equal((await Product.findByOrFail('name', 'Poha <b>&')).pricePaise, 4_150)

    visitor.page = kept
    const again = await sendNow(visitor)
    assert.include(again.text, 'It was sent already, or it was kept for too long.')
    const back = await visitor.visit(kept.path)
    assert.equal(back.path, '/owner/shops')
    assert.lengthOf(await Product.query().where('shop_id', shop.id), 2)
  })

  test('is sent for good, not for the language it was shown in', async ({ assert }) => {
    const login = await typeProduct({ _locale: 'hi' })
    assert.equal(login.$('html').attr('lang'), 'hi')
    const kept = await logInAs(visitor, owner)
    assert.lengthOf(kept.$('[name=_locale]'), 0)
    await sendNow(visitor)
    assert.isNotNull(await Product.findBy('name', 'Poha <b>&'))
  })

  test('comes back to its fields when it is refused', async ({ assert }) => {
    await typeProduct({ price: 'free' })
    await logInAs(visitor, owner)
    const refused = await sendNow(visitor)
    assert.equal(refused.status, 422)
    assert.equal(refused.$('#product-form [name=name]').val(), 'Poha <b>&')
    assert.equal(refused.$('#product-form [name=price]').attr('aria-invalid'), 'true')
  })

  test('keeps its method, as when a price was changed', async ({ assert }) => {
    await visitor.visit(`/owner/shops/${shop.id}/products/${product.id}/edit`)
    await endSessions()
    await visitor.submit('#product-form', { price: '60' })
    await logInAs(visitor, owner)
    await sendNow(visitor)
    assert.equal((await product.refresh()).pricePaise, 6_000)
  })

  test('is nothing to another person who logs in, and waits for its own', async ({ assert }) => {
    const login = await typeProduct()
    const path = returnTo(login.path)!
    const stranger = await createOwner({ username: 'suresh' })
    const theirs = await logInAs(visitor, stranger)
    assert.equal(theirs.path, '/owner/shops')
    assert.notInclude(theirs.text, 'Poha')
    const sent = await visitor.send('POST', path, new URLSearchParams({ name: 'Poha' }))
    assert.equal(sent.status, 303)
    const discarded = await visitor.send('POST', `${path}?_method=DELETE`, new URLSearchParams())
    assert.equal(discarded.status, 303)
    assert.lengthOf(await rows(), 1)

    const page = await (await loggedIn(owner)).visit(path)
    assert.include(page.text, 'Poha')
  })

  test('of a person who never logged in here is not kept', async ({ assert }) => {
    const guest = new Visitor()
    const path = `/owner/shops/${shop.id}/products`
    const page = await guest.request('POST', path, new URLSearchParams({ name: 'Poha' }))
    assert.equal(page.path, '/login')
    guest.cookies.set('person', owner.id)
    await guest.request('POST', path, new URLSearchParams({ name: 'Poha' }))
    assert.lengthOf(await rows(), 0)
  })

  test('of a person who logged out in another tab is not kept, and says so', async ({ assert }) => {
    const { page } = visitor
    await visitor.visit('/cart')
    await visitor.submit('header form[action*="/logout"]')
    visitor.page = page
    const referer = `${visitor.origin}/owner/shops/${shop.id}`
    const path = `/owner/shops/${shop.id}/products`
    const login = await visitor.request('POST', path, new URLSearchParams({ name: 'Poha' }), {
      referer,
    })
    assert.include(login.$('#status').text(), 'this was not sent')
    assert.equal(returnTo(login.path), new URL(referer).pathname)
    assert.lengthOf(await rows(), 0)
  })

  test('is the same under htmx', async ({ assert }) => {
    await visitor.visit(`/owner/shops/${shop.id}`)
    const { action, fields } = visitor.form(`#set-${product.id}`)
    fields.set('stock', '33')
    await endSessions()
    const answer = await visitor.fragment('POST', action, fields)
    const login = answer.headers.get('hx-redirect')!
    assert.match(returnTo(login)!, KEPT)
    await visitor.visit(login)
    const kept = await logInAs(visitor, owner)
    assert.include(kept.text, '33')
    await sendNow(visitor)
    assert.equal((await product.refresh()).stock, 33)
  })

  test('has no passwords: it is filled in again on its page', async ({ assert }) => {
    await visitor.visit('/account/password')
    await endSessions()
    const login = await visitor.submit('form[action*="/account/password"]', {
      current_password: PASSWORD,
      password: 'three words 7',
      password_confirmation: 'three words 7',
    })
    assert.include(login.text, 'Log in, then fill in the form again.')
    assert.equal(returnTo(login.path), '/account/password')
    assert.lengthOf(await rows(), 0)
    assert.equal((await logInAs(visitor, owner)).path, '/account/password')
  })

  test('has no files, and no more than fits on a page', async ({ assert }) => {
    const path = `/owner/shops/${shop.id}/product-imports`
    const referer = `${visitor.origin}/owner/shops/${shop.id}/product-imports/create`
    await endSessions()
    const file = new FormData()
    file.set('file', new Blob(['name,unit,price']), 'products.csv')
    const unread = await visitor.request('POST', path, file, { referer })
    assert.equal(returnTo(unread.path), new URL(referer).pathname)
    const csv = new URLSearchParams({ csv: 'x'.repeat(30_000) })
    const long = await visitor.request('POST', path, csv, { referer })
    assert.equal(returnTo(long.path), new URL(referer).pathname)
    assert.lengthOf(await rows(), 0)
  })

  test('is kept for an hour, unreadable in the database', async ({ assert }) => {
    const login = await typeProduct()
    const [{ form }] = await rows()
    assert.notInclude(form, 'Poha')
    await rows().update({ created_at: new Date(Date.now() - 3_601_000) })
    const page = await logInAs(visitor, owner)
    assert.match(returnTo(login.path)!, KEPT)
    assert.equal(page.path, '/owner/shops')
    const chore = chores.find(({ table }) => table === 'kept_forms')!
    await db.transaction((client) => chore.remove(client))
    assert.lengthOf(await rows(), 0)
  })

  test('is one of at most ten of a person', async ({ assert }) => {
    for (let n = 0; n < 12; n++) {
      const body = new URLSearchParams({ name: `Poha ${n}` })
      if (n === 0) await endSessions()
      await visitor.request('POST', `/owner/shops/${shop.id}/products`, body)
    }
    assert.lengthOf(await rows(), 10)
  })

  test('is not sent when its person says so', async ({ assert }) => {
    await typeProduct()
    await logInAs(visitor, owner)
    const page = await visitor.submit('form[action*="_method=DELETE"]')
    assert.include(page.text, 'It was not sent.')
    assert.lengthOf(await rows(), 0)
    assert.isNull(await Product.findBy('name', 'Poha <b>&'))
  })

  test('pays nothing twice: its key is the one it had', async ({ assert }) => {
    const customer = await createUser({ username: 'asha' })
    const khata = await openKhata(shop.id, customer, 100_000)
    await createOrder({ customer, product, paymentMethod: 'khata', fulfilment: 'pickup' })
    await visitor.visit(`/owner/shops/${shop.id}/khatas/${khata.id}`)
    const page = visitor.page
    await visitor.submit('form[action$="/settlements"]', { amount: '10', method: 'cash' })
    assert.equal(await khata.balancePaise(), 4_200)
    visitor.page = page
    await endSessions()
    await visitor.submit('form[action$="/settlements"]', { amount: '10', method: 'cash' })
    await logInAs(visitor, owner)
    await sendNow(visitor)
    assert.equal(await khata.balancePaise(), 4_200)
  })

  test('is kept whichever form behind the login it is', async ({ assert }) => {
    const behindLogin = Object.values(router.toJSON())
      .flat()
      .filter(({ middleware, methods }) => {
        const names = [...middleware.all()].map((entry) => 'name' in entry && entry.name)
        return names.includes('loggedIn') && !methods.includes('GET')
      })
    assert.isAbove(behindLogin.length, 30)
    await endSessions()
    for (const { pattern, methods, name } of behindLogin) {
      const method = methods[0] === 'PATCH' ? 'PUT' : methods[0]
      const query = method === 'POST' ? '' : `?_method=${method}`
      const path = pattern.replaceAll(/:\w+/g, product.id) + query
      const page = await visitor.request('POST', path, new URLSearchParams())
      assert.match(returnTo(page.path) ?? '', KEPT, `${method} ${pattern}`)
      if (!UNSAID.includes(name!)) {
        assert.isNotNull(keptFormPage({ target: path, action: name!, fields: [] }).action, name)
      }
      await rows().delete()
    }
  })
})
