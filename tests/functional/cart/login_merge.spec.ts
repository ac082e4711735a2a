import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop, createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

test.group('A login with something in the cart', (group) => {
  let user: User
  let shop: Shop

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ username: 'asha', fullName: 'Asha Verma' })
    shop = await createShop()
  })

  const product = async (name: string, stock = 20) => {
    const created = await createProduct({
      ...{ shopId: shop.id, name, nameHi: `${name} हिंदी`, stock },
    })
    await standbyCaughtUp()
    return created
  }

  const add = (visitor: Visitor, { id }: Product, quantity = 1) => {
    const fields = { product_id: id, quantity: String(quantity) }
    return visitor.request('POST', '/cart/items', new URLSearchParams(fields))
  }

  const logIn = async (visitor: Visitor) => {
    await visitor.visit('/login')
    const page = await visitor.submit('#session-form', { username: 'asha', password: PASSWORD })
    return page.$('#status').text().replace(/\s+/g, ' ').trim()
  }

  const quantity = async (visitor: Visitor, { id }: Product) => {
    const { $ } = await visitor.visit('/cart')
    return Number($(`#line-${id} .quantity`).text().replace(/\D/g, ''))
  }

  const accountWith = async (item: Product, pieces: number) => {
    const phone = await loggedIn(user)
    await add(phone, item, pieces)
    return phone
  }

  test('adds the quantities, and says so', async ({ assert }) => {
    const besan = await product('Besan')
    const poha = await product('Poha')
    const phone = await accountWith(besan, 3)
    const visitor = new Visitor()
    await add(visitor, besan, 2)
    await add(visitor, poha, 1)
    const said = await logIn(visitor)
    assert.include(said, 'You are logged in. Added to your cart from this browser: Besan, Poha.')
    assert.notInclude(said, 'stock')
    for (const device of [visitor, phone]) {
      assert.equal(await quantity(device, besan), 5)
      assert.equal(await quantity(device, poha), 1)
    }
  })

  test('adds up to the stock, and says of what there is less', async ({ assert }) => {
    const besan = await product('Besan', 5)
    const poha = await product('Poha', 5)
    await accountWith(besan, 3)
    const visitor = new Visitor()
    await add(visitor, besan, 4)
    await add(visitor, poha, 2)
    const said = await logIn(visitor)
    assert.include(said, 'There is not enough in stock, so you have fewer of: Besan.')
    assert.equal(await quantity(visitor, besan), 5)
    assert.equal(await quantity(visitor, poha), 2)
  })

  test('adds at most 99 pieces', async ({ assert }) => {
    const besan = await product('Besan', 500)
    await accountWith(besan, 60)
    const visitor = new Visitor()
    await add(visitor, besan, 60)
    assert.include(await logIn(visitor), 'fewer of: Besan')
    assert.equal(await quantity(visitor, besan), 99)
  })

  test('keeps what is sold out or gone meanwhile, for the cart to say', async ({ assert }) => {
    const besan = await product('Besan')
    const suji = await product('Suji')
    const visitor = new Visitor()
    await add(visitor, besan, 4)
    await add(visitor, suji, 1)
    await besan.merge({ stock: 0 }).save()
    await suji.delete()
    await logIn(visitor)
    const page = await visitor.visit('/cart')
    assert.include(page.$(`#line-${besan.id}`).text(), 'Out of stock')
    assert.equal(await quantity(visitor, besan), 4)
    assert.include(page.$(`#line-${suji.id}`).text(), 'Suji')
  })

  test('leaves out what a full cart has no room for, and says what', async ({ assert }) => {
    const besan = await product('Besan')
    const suji = await product('Suji')
    await accountWith(besan, 1)
    await db.rawQuery(
      `INSERT INTO cart_lines (cart_id, product_id, line, quantity, price_paise, name, unit,
         shop_id, shop_name, shop_city)
       SELECT id, uuidv7(), uuidv7(), 1, 100, 'Rice ' || n, '1 kg', ?, 'Gupta Kirana', 'Indore'
       FROM carts, generate_series(1, 99) AS n`,
      [shop.id]
    )
    const visitor = new Visitor()
    await add(visitor, besan, 2)
    await add(visitor, suji, 1)
    const said = await logIn(visitor)
    assert.include(said, 'Your cart is full, so these were left out: Suji.')
    assert.equal(await quantity(visitor, besan), 3)
  })

  test('says it in Hindi, with the names in Hindi', async ({ assert }) => {
    const names = ['Besan', 'Poha', 'Suji', 'Maida']
    const visitor = new Visitor({ 'accept-language': 'hi' })
    const [besan] = await Promise.all(names.map((name) => product(name)))
    for (const { id } of await db.from('products').orderBy('id')) {
      await add(visitor, { id } as Product)
    }
    await accountWith(besan, 20)
    const said = await logIn(visitor)
    assert.match(said, /इस ब्राउज़र से कार्ट में जुड़ा: (\S+ हिंदी(, )?){3} और 1 और।/)
    assert.include(said, 'स्टॉक कम है, इसलिए इनकी गिनती घटाई: Besan हिंदी।')
  })

  test('says nothing of a cart when there was none', async ({ assert }) => {
    await accountWith(await product('Besan'), 1)
    assert.equal(await logIn(new Visitor()), 'You are logged in.')
  })

  test('leaves a cookie that leads to no cart, and never to that of the account', async ({
    assert,
  }) => {
    const besan = await product('Besan')
    const visitor = new Visitor()
    await add(visitor, besan)
    const before = new Map(visitor.cookies)
    await logIn(visitor)
    assert.deepEqual(
      [...visitor.cookies.keys()].filter((name) => name.startsWith('cart_')),
      []
    )
    const other = new Visitor()
    for (const [name, value] of before) {
      if (name.startsWith('cart_')) other.cookies.set(name, value)
    }
    assert.equal(await quantity(other, besan), 0)
    await add(other, await product('Poha'))
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Poha')
  })

  test('that is sent twice adds once', async ({ assert }) => {
    const besan = await product('Besan')
    await accountWith(besan, 1)
    const visitor = new Visitor()
    await add(visitor, besan, 2)
    await visitor.visit('/login')
    const { action, fields } = visitor.form('#session-form')
    fields.set('username', 'asha')
    fields.set('password', PASSWORD)
    const answers = await Promise.all([1, 2, 3].map(() => visitor.send('POST', action, fields)))
    for (const answer of answers) visitor.keepCookies(answer)
    assert.equal(await quantity(visitor, besan), 3)
  })

  test('takes a click along that was under way as a guest', async ({ assert }) => {
    const [besan, poha] = [await product('Besan'), await product('Poha')]
    const visitor = new Visitor()
    await add(visitor, besan)
    await visitor.visit('/shops')
    const late = new Visitor()
    late.keepCookies(
      await late.send('POST', '/cart/items', new URLSearchParams({ product_id: poha.id }))
    )
    await logIn(visitor)
    for (const [name, value] of late.cookies) {
      if (name.startsWith('cart_')) visitor.cookies.set(name, value)
    }
    assert.equal(await quantity(visitor, poha), 1)
    await add(visitor, poha)
    assert.equal(await quantity(visitor, poha), 2)
    assert.equal(await quantity(late, poha), 0)
    assert.lengthOf(await db.from('carts').whereNull('left_at'), 1)
  })

  test('comes with registration too', async ({ assert }) => {
    const besan = await product('Besan')
    const visitor = new Visitor()
    await add(visitor, besan, 2)
    await visitor.visit('/register/customer')
    const page = await visitor.submit('#account-form', {
      full_name: 'Meena Joshi',
      mobile: '9876543210',
      address: '4 Station Road',
      username: 'meena',
      password: PASSWORD,
      password_confirmation: PASSWORD,
    })
    assert.include(page.$('#status').text(), 'Added to your cart from this browser: Besan.')
    assert.equal(await quantity(visitor, besan), 2)
    const [{ user_id: owner }] = await db.from('carts').whereNotNull('user_id')
    assert.equal(owner, (await db.from('users').where('username', 'meena').first()).id)
  })
})
