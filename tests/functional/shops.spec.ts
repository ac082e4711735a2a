import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Product from '#models/product'
import Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

test.group('Shops for customers', (group) => {
  group.each.setup(emptyDatabase)

  test('say what to do where there are none', async ({ assert }) => {
    const page = await new Visitor().visit('/shops')
    assert.equal(page.status, 200)
    assert.isAbove(page.$('main').text().trim().length, 20)
  })

  test('are listed for guests, all or of one city', async ({ assert }) => {
    await createShop({ name: 'Gupta Kirana', city: 'Indore' })
    await createShop({ name: 'Iyer Provision', city: 'Chennai' })
    const visitor = new Visitor()
    await eventually(async () => {
      const all = await visitor.visit('/shops')
      assert.include(all.text, 'Gupta Kirana')
      assert.include(all.text, 'Iyer Provision')
    })
    const chennai = await visitor.visit('/shops?city=Chennai')
    assert.include(chennai.text, 'Iyer Provision')
    assert.notInclude(chennai.$('main ul').text(), 'Gupta Kirana')
  })

  test('are paged by key, each exactly once', async ({ assert }) => {
    const { id: ownerId } = await createOwner()
    const names = Array.from({ length: 60 }, (_, n) => `Shop ${String(n).padStart(2, '0')}`)
    await Shop.createMany(names.map((name) => ({ ownerId, name, city: 'Pune', pinCode: null })))
    const visitor = new Visitor()
    await eventually(async () => assert.include((await visitor.visit('/shops')).text, 'Shop 00'))
    const seen: string[] = []
    for (let page = visitor.page!; ;) {
      seen.push(...(page.text.match(/Shop \d\d/g) ?? []))
      const next = page.$('a[href*="after="]').first().attr('href')
      if (!next) break
      page = await visitor.visit(next)
    }
    assert.deepEqual(seen, names)
  })

  test('take a cursor or a filter that makes no sense for none', async ({ assert }) => {
    await createShop({ name: 'Gupta Kirana' })
    for (const query of [
      'after=x',
      'after=WyJhIl0',
      'city=%00',
      `city=${'a'.repeat(10_000)}`,
      'city[]=1',
    ]) {
      assert.equal((await new Visitor().visit(`/shops?${query}`)).status, 200, query)
    }
  })

  test('show their products with price in rupees', async ({ assert }) => {
    const product = await createProduct({
      name: 'Besan',
      nameHi: 'बेसन',
      pricePaise: 12345650,
      unit: '500 g',
    })
    const page = await new Visitor().visit(`/shops/${product.shopId}`)
    assert.equal(page.status, 200)
    for (const text of ['Besan', 'बेसन', '500 g', '₹1,23,456.50']) assert.include(page.text, text)
  })

  test('do not exist under another id', async ({ assert }) => {
    for (const id of [randomUUID(), 'x', '1', '%00', '../etc']) {
      const page = await new Visitor().visit(`/shops/${id}`)
      assert.equal(page.status, 404, id)
    }
  })

  test('show a change of price, a new product and a deleted one without waiting for time to pass', async ({
    assert,
  }) => {
    const product = await createProduct({ name: 'Besan', pricePaise: 5200 })
    const visitor = new Visitor()
    const path = `/shops/${product.shopId}`
    await eventually(async () => assert.include((await visitor.visit(path)).text, '₹52'))

    await product.merge({ pricePaise: 4800 }).save()
    await eventually(async () => assert.include((await visitor.visit(path)).text, '₹48'))

    await createProduct({ shopId: product.shopId, name: 'Poha' })
    await eventually(async () => assert.include((await visitor.visit(path)).text, 'Poha'))

    await product.delete()
    await eventually(async () => assert.notInclude((await visitor.visit(path)).text, 'Besan'))
  })

  test('are served from the cache while nothing changes', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan' })
    const visitor = new Visitor()
    await eventually(async () => {
      await visitor.visit(`/shops/${product.shopId}`)
      const queries = await countQueries(() => visitor.visit(`/shops/${product.shopId}`))
      assert.equal(queries, 0)
    })
  })

  test('pass on the answer in parts under htmx, and say that it depends', async ({ assert }) => {
    await createShop()
    const fragment = await new Visitor().fragment('GET', '/shops')
    assert.notInclude(fragment.html, '<html')
    assert.include(fragment.headers.get('vary')!.toLowerCase(), 'hx-request')
  })
})

/** Queries of the tables behind a shop page while `work` runs. */
async function countQueries(work: () => Promise<unknown>) {
  let queries = 0
  const { default: emitter } = await import('@adonisjs/core/services/emitter')
  const count = ({ sql }: { sql: string }) => {
    if (/from "(shops|products)"/.test(sql)) queries++
  }
  Product.query().client.debug = true
  emitter.on('db:query', count as any)
  await work()
  emitter.off('db:query', count as any)
  return queries
}
