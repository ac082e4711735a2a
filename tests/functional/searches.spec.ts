import { test } from '@japa/runner'
import { SearchEngine } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import { swapped } from '#tests/helpers/swapped'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

test.group('Search page', (group) => {
  group.each.setup(emptyDatabase)

  test('asks what one needs before anything is typed', async ({ assert }) => {
    const page = await new Visitor().visit('/search')
    assert.equal(page.status, 200)
    assert.lengthOf(page.$('main input[name=q]'), 1)
  })

  test('finds Besan for besn, with its shop and price', async ({ assert }) => {
    await createProduct({ name: 'Besan', pricePaise: 5200 })
    await eventually(async () => {
      const page = await new Visitor().visit('/search?q=besn')
      for (const text of ['Besan', 'Gupta Kirana', '₹52']) assert.include(page.text, text)
    })
  })

  test("shows an owner's new product in their very next search", async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const visitor = await loggedIn(owner)
    for (const name of ['Rajma', 'Kabuli Chana', 'Sabudana']) {
      await visitor.visit(`/owner/shops/${shop.id}/products/create`)
      const values = { name, unit: '1 kg', price: '90', stock: '5' }
      await visitor.submit(`form[action$="/owner/shops/${shop.id}/products"]`, values)
      assert.include((await visitor.visit(`/search?q=${name}`)).$('main ul').text(), name)
    }
  })

  test('keeps what was typed, and helps when nothing is found', async ({ assert }) => {
    const page = await new Visitor().visit('/search?q=zzzzqqqq&city=Pune&type=product')
    assert.equal(page.status, 200)
    assert.equal(page.$('main input[name=q]').val(), 'zzzzqqqq')
  })

  test('a comma is part of what is searched for', async ({ assert }) => {
    const page = await new Visitor().visit('/search?q=besan,atta&city=Pune,Camp')
    assert.equal(page.$('main input[name=q]').val(), 'besan,atta')
  })

  for (const q of [
    'a'.repeat(10_000),
    '%00',
    '!!!***((( )))',
    '😀🛒',
    '[a-z]+$^.*\\',
    "' OR 1=1 --",
    '%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D',
    '%25_%25',
  ]) {
    test(`takes odd input as text: ${q.slice(0, 20)}`, async ({ assert }) => {
      const page = await new Visitor().visit(
        `/search?q=${q.includes('%') ? q : encodeURIComponent(q)}`
      )
      assert.equal(page.status, 200)
    })
  }

  test('says so when the engine is down, and keeps the form', async ({ assert }) => {
    class Broken extends SearchEngine {
      async search(): Promise<never> {
        throw new SearchUnavailable('down')
      }
      async suggest(): Promise<never> {
        throw new SearchUnavailable('down')
      }
      async ping() {}
    }
    const restore = swapped(SearchEngine, () => new Broken())
    try {
      const page = await new Visitor().visit('/search?q=atta')
      assert.equal(page.status, 503)
      assert.equal(page.$('main input[name=q]').val(), 'atta')
    } finally {
      restore()
    }
  })
})
