import emitter from '@adonisjs/core/services/emitter'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import City from '#models/city'
import Shop from '#models/shop'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyWithCities } from '#tests/helpers/cities'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const hindi = { 'accept-language': 'hi' }

/** Other ways to write Vidisha. */
const SPELLINGS = ['vidisha', ' VIDISHA ', 'Vidisha  City', 'विदिशा', 'Bhelsa']

const at = (path: string, city: string) => `${path}${encodeURIComponent(city)}`

test.group('A city is one city', (group) => {
  group.each.setup(emptyWithCities)

  test('in the list, its filter and the counts, however its owners typed it', async ({
    assert,
  }) => {
    for (const [n, city] of ['Vidisha', ...SPELLINGS].entries()) {
      const { id: shopId } = await createShop({ name: `Kirana ${n}`, city })
      await createProduct({ shopId, name: 'Besan' })
    }
    await eventually(async () => {
      const { $ } = await new Visitor().visit('/shops')
      const options = $('#city option').map((_, option) => $(option).text().replace(/\s+/g, ' '))
      assert.deepEqual(
        options.get().map((text) => text.trim()),
        ['All cities', 'Vidisha (6)']
      )
      const { $: found } = await new Visitor().visit('/search?q=besan')
      assert.equal(found('#city option[value=Vidisha]').text().trim(), 'Vidisha')
      const facet = found('.facets a[href*="city=Vidisha"]').text().replace(/\s+/g, ' ').trim()
      assert.match(facet, /^Vidisha \(1\)$/)
      assert.lengthOf(found('.facets a[href*="city="]'), 1)
    })
  })

  test('in the URL of a filter, a search and its suggestions, in any spelling', async ({
    assert,
  }) => {
    const { id: shopId } = await createShop({ name: 'Vidisha Kirana', city: 'Vidisha' })
    await createProduct({ shopId, name: 'Besan' })
    const elsewhere = await createShop({ name: 'Iyer Provision', city: 'Chennai' })
    await createProduct({ shopId: elsewhere.id, name: 'Besan' })
    await eventually(async () => {
      for (const city of SPELLINGS) {
        for (const path of [
          '/shops?city=',
          '/search?q=besan&city=',
          '/search/suggestions?q=ki&city=',
          '/?city=',
        ]) {
          const { html } = await new Visitor().visit(at(path, city))
          assert.include(html, 'Vidisha Kirana', `${path}${city}`)
          assert.notInclude(html, 'Iyer Provision', `${path}${city}`)
        }
        const { $ } = await new Visitor().visit(at('/shops?city=', city))
        assert.equal($('#city option[selected]').attr('value'), 'Vidisha')
        assert.equal($('#shop-list-title').text(), 'Shops in Vidisha')
        const { $: found } = await new Visitor().visit(at('/search?q=besan&city=', city))
        assert.equal(found('#city option[selected]').attr('value'), 'Vidisha')
      }
    })
  })

  test('in the API, which answers its English name', async ({ assert }) => {
    const owner = await ApiClient.of(await createOwner())
    const customer = await ApiClient.of(await createUser())
    for (const city of SPELLINGS) {
      const { body } = await owner.post('/api/shops/', { json: { name: 'Apna', city } })
      assert.equal(body.city, 'Vidisha')
      assert.equal((await owner.get(`/api/shops/${body.id}`)).body.city, 'Vidisha')
    }
    await eventually(async () => {
      for (const city of SPELLINGS) {
        const { body } = await customer.get(at('/api/search?q=apna&city=', city))
        assert.equal(body.count, SPELLINGS.length, city)
        assert.equal(body.results[0].city, 'Vidisha')
      }
    })
  })

  test('in the API also when it was not known before', async ({ assert }) => {
    const client = await ApiClient.of(await createOwner())
    const key = { 'idempotency-key': 'first' }
    const shop = { name: 'Apna', city: ' Nasrullaganj\u200b' }
    for (let time = 0; time < 2; time++) {
      const { body } = await client.post('/api/shops/', { json: shop, headers: key })
      assert.equal(body.city, 'Nasrullaganj')
    }
    const again = { name: 'Apna 2', city: 'NASRULLAGANJ' }
    assert.equal((await client.post('/api/shops/', { json: again })).body.city, 'Nasrullaganj')
  })

  test('in the form of a shop, which offers the cities in the language of the page', async ({
    assert,
  }) => {
    const owner = await createOwner()
    for (const [language, name, other] of [
      ['en', 'Vidisha', 'विदिशा'],
      ['hi', 'विदिशा', 'Vidisha'],
    ]) {
      const visitor = await loggedIn(owner, new Visitor({ 'accept-language': language }))
      const { $ } = await visitor.visit('/owner/shops/create')
      assert.equal($('input[name=city]').attr('list'), 'cities')
      assert.lengthOf($(`#cities option[value="${name}"]`), 1)
      assert.lengthOf($(`#cities option[value="${other}"]`), 0)
      const opened = await visitor.submit('#shop-form', { name: 'Gupta Kirana', city: name })
      assert.include(opened.text, name)
      assert.notInclude(opened.text, other)
    }
    assert.deepEqual(
      (await Shop.all()).map(({ city }) => city),
      ['Vidisha', 'Vidisha']
    )
  })

  test('in the form of a shop, which offers none that another owner made up', async ({
    assert,
  }) => {
    await createShop({ city: 'Win 1 lakh, call 98765' })
    const visitor = await loggedIn(await createOwner())
    const { $ } = await visitor.visit('/owner/shops/create')
    assert.isAbove($('#cities option').length, 100)
    assert.notInclude($('#cities').html()!, 'Win')
  })

  test('in the form of a shop that is edited in the other language', async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id, city: 'Vidisha' })
    const visitor = await loggedIn(owner, new Visitor(hindi))
    const { $ } = await visitor.visit(`/owner/shops/${shop.id}/edit`)
    assert.equal($('input[name=city]').val(), 'विदिशा')
    assert.equal($('input[name="shown[city]"]').val(), 'विदिशा')
    await db.from('shops').where('id', shop.id).update({ city: 'Bhopal' })
    await visitor.submit('#shop-form', { name: 'Gupta & Sons' })
    await shop.refresh()
    assert.equal(`${shop.name}, ${shop.city}`, 'Gupta & Sons, Bhopal')

    await visitor.visit(`/owner/shops/${shop.id}/edit`)
    await db.from('shops').where('id', shop.id).update({ city: 'Delhi' })
    const asked = await visitor.submit('#shop-form', { city: 'इंदौर' })
    assert.equal(asked.status, 422)
    assert.include(asked.text, 'दिल्ली')
    assert.equal(asked.$('input[name=city]').val(), 'इंदौर')
    await visitor.submit('#shop-form')
    assert.equal((await shop.refresh()).city, 'Indore')
  })

  test('that is refused with what was typed', async ({ assert }) => {
    const visitor = await loggedIn(await createOwner())
    await visitor.visit('/owner/shops/create')
    const refused = await visitor.submit('#shop-form', { name: '', city: 'Nasrullaganj' })
    assert.equal(refused.status, 422)
    assert.equal(refused.$('input[name=city]').val(), 'Nasrullaganj')
    assert.isNull(await City.find('Nasrullaganj'))
  })
})

test.group('A city in Hindi', (group) => {
  group.each.setup(emptyWithCities)

  test('has its Hindi name on every page, and none of another language', async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id, name: 'Gupta Kirana', city: 'Vidisha' })
    const product = await createProduct({ shopId: shop.id, name: 'Besan' })
    const [guest, seller] = [new Visitor(hindi), await loggedIn(owner, new Visitor(hindi))]
    await guest.visit(`/shops/${shop.id}`)
    await eventually(async () => {
      await guest.visit(`/shops/${shop.id}`)
      await guest.submit(`#buy-${product.id} form`)
    })
    await eventually(async () => {
      for (const [visitor, path] of [
        [guest, '/'],
        [guest, '/?city=Vidisha'],
        [guest, '/shops'],
        [guest, '/shops?city=Vidisha'],
        [guest, `/shops/${shop.id}`],
        [guest, '/search?q=besan'],
        [guest, '/search?q=gupta'],
        [guest, '/search?q=besan&city=Vidisha'],
        [guest, '/search/suggestions?q=gupta'],
        [guest, '/cart'],
        [seller, '/owner/shops'],
        [seller, `/owner/shops/${shop.id}`],
        [seller, `/owner/shops/${shop.id}/edit`],
      ] as const) {
        const { $, text } = await visitor.visit(path)
        assert.include(text + $('input[name=city]').val(), 'विदिशा', path)
        assert.notInclude(text + $('title').text(), 'Vidisha', path)
      }
    })
    const { $ } = await guest.visit(`/shops/${shop.id}`)
    assert.include($('title').text(), 'Gupta Kirana, विदिशा')
    const empty = await guest.visit(at('/shops?city=', 'बीकानेर'))
    assert.include(empty.text, 'बीकानेर में अभी कोई दुकान नहीं है')
  })

  test('has its English name in English', async ({ assert }) => {
    const shop = await createShop({ city: 'विदिशा' })
    await eventually(async () => {
      for (const path of ['/', '/shops', `/shops/${shop.id}`]) {
        const { text } = await new Visitor().visit(path)
        assert.include(text, 'Vidisha')
        assert.notInclude(text, 'विदिशा')
      }
    })
  })

  test('has its English name while it has no other', async ({ assert }) => {
    await createShop({ city: 'Nasrullaganj' })
    await eventually(async () => {
      assert.include((await new Visitor(hindi).visit('/shops')).text, 'Nasrullaganj')
    })
  })

  test('gets a new name on all pages, kept and ready ones too, with the change feed', async ({
    assert,
  }) => {
    const shop = await createShop({ city: 'Nasrullaganj' })
    const paths = ['/', '/shops', `/shops/${shop.id}`, '/shops?city=Nasrullaganj']
    const show = async (name: string) => {
      for (const path of paths) {
        for (let time = 0; time < 3; time++) {
          assert.include((await new Visitor(hindi).visit(path)).text, name, path)
        }
      }
    }
    await eventually(() => show('Nasrullaganj'))
    for (const name of ['नसरुल्लागंज', 'भैरूंदा']) {
      await db.rawQuery('UPDATE cities SET name_hi = ? WHERE name = ?', [name, 'Nasrullaganj'])
      await eventually(() => show(name))
    }
    await eventually(async () => {
      const { text } = await new Visitor().visit(at('/shops?city=', 'भैरूंदा'))
      assert.include(text, 'Shops in Nasrullaganj')
    })
  })

  test('costs no statement on pages that were shown', async ({ assert }) => {
    await createShop({ city: 'Vidisha' })
    const visit = () => new Visitor(hindi).visit(at('/shops?city=', 'विदिशा'))
    await eventually(async () => {
      assert.include((await visit()).text, 'विदिशा')
      const visits = () => Promise.all(Array.from({ length: 5 }, visit))
      assert.isEmpty(await statements(visits))
    })
  })
})

/** Statements about cities while `work` runs, on the primary and on the replica. */
async function statements(work: () => Promise<unknown>) {
  const asked: string[] = []
  const note = ({ sql }: { sql: string }) => /cities|known_city/.test(sql) && asked.push(sql)
  emitter.on('db:query', note as any)
  await work()
  emitter.off('db:query', note as any)
  return asked
}
