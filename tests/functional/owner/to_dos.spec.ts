import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const COMPLETE = {
  mrpPaise: 6_000,
  country: 'IN',
  maker: 'Bharat Foods',
  makerAddress: '7 Mill Road, Dewas 455001',
}

test.group('What is missing for a legal offer', (group) => {
  let shop: Shop
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/to-do`
  })

  const add = (values: Partial<Product>) => createProduct({ shopId: shop.id, ...values })
  const complete = () => {
    const said = { taxScheme: 'unregistered', deliveryArea: 'district' } as const
    return ShopSettings.create({ shopId: shop.id, ...said })
  }
  const counts = async () => {
    await announced()
    const { $ } = await visitor.visit(path)
    return $('.to-do a')
      .get()
      .map((link) => $(link).text().replace(/\s+/g, ' ').trim())
  }

  test('is counted by what is missing', async ({ assert }) => {
    await add({ ...COMPLETE, name: 'Complete' })
    await add({ name: 'Bare' })
    await add({ ...COMPLETE, name: 'No address', makerAddress: null })
    await add({ ...COMPLETE, name: 'Unclear', unit: '1 packet' })
    await add({ name: 'Loose', soldAs: 'loose', measure: 'weight' })
    assert.deepEqual(await counts(), [
      'MRP: 1',
      'Net quantity: 1',
      'Country of origin: 2',
      'Maker or packer: 2',
    ])
    const shopPage = await visitor.visit(`/owner/shops/${shop.id}`)
    const link = shopPage.$(`a[href="${path}"]`).text()
    assert.equal(link.replaceAll(/\s+/g, ' ').trim(), '9 details missing')
  })

  test('is listed, and each entry leads to its field', async ({ assert }) => {
    const bare = await add({ name: 'Bare', unit: '1 packet' })
    await add({ ...COMPLETE, name: 'Complete' })
    const fields = { mrp: 'mrp', net_quantity: 'unit', country: 'country', maker: 'maker' }
    for (const [missing, field] of Object.entries(fields)) {
      const { $ } = await visitor.visit(`${path}?missing=${missing}`)
      assert.deepEqual($('#to-do .row h3').text().trim().split(/\s+/)[0], 'Bare', missing)
      assert.lengthOf($('#to-do .row'), 1)
      const edit = `/owner/shops/${shop.id}/products/${bare.id}/edit?field=${field}`
      assert.equal($('#to-do .row .link').attr('href'), edit)
      assert.include($('.to-do [aria-current]').attr('href'), `missing=${missing}`)
      const form = await visitor.visit(edit)
      assert.equal(form.$('#product-form [autofocus]').attr('name'), field)
      assert.lengthOf(form.$('#product-form details:not([open]) [autofocus]'), 0)
    }
  })

  test('asks a shop for what it has not stated', async ({ assert }) => {
    const asked = async () => {
      await announced()
      const { $ } = await visitor.visit(path)
      return $('main li.row > a')
        .get()
        .map((link) => $(link).attr('href')!.split('field=')[1])
    }
    assert.deepEqual(await asked(), ['delivery_area', 'tax_scheme'])
    const soap = await add({ ...COMPLETE, category: 'personal-care' })
    assert.deepEqual(await asked(), ['delivery_area', 'tax_scheme'])
    await soap.merge({ category: 'dals' }).save()
    assert.deepEqual(await asked(), ['delivery_area', 'fssai_number', 'tax_scheme'])
    const settings = await ShopSettings.create({
      shopId: shop.id,
      fssaiNumber: '10012022000234',
      deliveryArea: 'district',
      taxScheme: 'composition',
      gstin: '27AAPFU0939F1ZV',
    })
    assert.deepEqual(await asked(), ['legal_address'])
    await settings.merge({ legalAddress: '12 MG Road' }).save()
    assert.deepEqual(await asked(), [])
  })

  test('is nothing for those who have stated all', async ({ assert }) => {
    await complete()
    await add({ ...COMPLETE, category: 'cleaning' })
    const { $ } = await visitor.visit(path)
    assert.include($('#to-do .empty').text(), 'Nothing is missing')
    assert.lengthOf($('.to-do'), 0)
    assert.lengthOf((await visitor.visit(`/owner/shops/${shop.id}`)).$(`a[href="${path}"]`), 0)
  })

  test('is shown in pages, by name', async ({ assert }) => {
    for (let n = 10; n < 45; n++) await add({ name: `Masala ${n}` })
    const first = await visitor.visit(`${path}?missing=country`)
    assert.lengthOf(first.$('#to-do .row'), 30)
    const next = first.$('.pager a').last().attr('href')!
    const second = await visitor.visit(next)
    assert.lengthOf(second.$('#to-do .row'), 5)
    assert.include(second.$('#to-do .row h3').first().text(), 'Masala 40')
    const fragment = await visitor.fragment('GET', next)
    assert.lengthOf(fragment.$('#to-do .row'), 5)
  })

  test('follows changes that are made elsewhere', async ({ assert }) => {
    await complete()
    const product = await add({ ...COMPLETE, country: null, category: 'cleaning' })
    assert.include(await counts(), 'Country of origin: 1')
    await db.from('products').where('id', product.id).update({ country: 'TH' })
    assert.deepEqual(await counts(), [])
  })

  test('is shown from the beginning when the address makes no sense', async ({ assert }) => {
    await add({ name: 'Bare' })
    const { $, status } = await visitor.visit(`${path}?missing=nonsense&after=x`)
    assert.equal(status, 200)
    assert.lengthOf($('#to-do .row'), 1)
  })

  test('never includes what another shop lacks', async ({ assert }) => {
    await createProduct({ name: 'Elsewhere' })
    await complete()
    assert.deepEqual(await counts(), [])
    const stranger = await loggedIn(await createOwner())
    assert.equal((await stranger.visit(path)).status, 404)
  })
})
