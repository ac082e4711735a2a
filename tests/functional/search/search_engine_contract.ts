import { test } from '@japa/runner'
import Product from '#models/product'
import Shop from '#models/shop'
import { clean } from '#text/clean'
import { closeShop, createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { emptyDatabase } from '#tests/helpers/database'
import { oddTexts } from '#tests/functional/search/odd_texts'
import type { Position } from '#replication/position'
import { SessionClock } from '#replication/session_clock'
import { NOT_STATED } from '#search/filters'
import { NOTHING, searchFor } from '#search/search_engine'
import type { ProductHit, SearchEngine, SearchQuery } from '#search/search_engine'

export interface EngineUnderTest {
  engine: SearchEngine
  /** Resolves when the engine can show all that has been written, with the position to ask for. */
  settle: () => Promise<Position | null>
}

/** What every search engine must do; registered once for each adapter. */
export function searchEngineContract(name: string, create: () => Promise<EngineUnderTest>) {
  test.group(`Search engine contract | ${name}`, (group) => {
    let tested: EngineUnderTest

    group.each.setup(async () => {
      await emptyDatabase()
      tested = await create()
    })

    const search = async (q: string, options: Partial<SearchQuery> = {}) => {
      const clock = new SessionClock(await tested.settle(), null)
      return tested.engine.search(searchFor({ q, ...options }), clock)
    }
    const hitsOf = async (queries: [string, Partial<SearchQuery>][]) => {
      const found: number[] = []
      for (const [q, options] of queries) found.push((await search(q, options)).hits.length)
      return found
    }
    const names = async (q: string, options?: Partial<SearchQuery>) => {
      return (await search(q, options)).hits.map((hit) => hit.name)
    }

    test('answers when asked whether it is there', async ({ assert }) => {
      await assert.doesNotReject(() => tested.engine.ping())
    })

    test('finds nothing in an empty marketplace', async ({ assert }) => {
      assert.deepEqual(await search('besan'), NOTHING)
    })

    test('returns everything that a list shows of a product', async ({ assert }) => {
      const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
      const { id } = await createProduct({
        shopId: shop.id,
        name: 'Besan',
        nameHi: 'बेसन',
        brand: 'Rajdhani',
        category: 'flours',
        unit: '500 g',
        pricePaise: 5200,
        mrpPaise: 5500,
        country: 'IN',
        diet: 'veg',
        stock: 20,
      })
      const { count, hits } = await search('besan')
      assert.equal(count, 1)
      const { score, ...hit } = hits[0]
      assert.isAbove(score, 0)
      assert.deepEqual(hit, {
        type: 'product',
        id,
        name: 'Besan',
        nameHi: 'बेसन',
        brand: 'Rajdhani',
        unit: '500 g',
        measure: 'weight',
        soldAs: 'packed',
        netQuantity: 500,
        smallest: null,
        step: null,
        presets: null,
        category: 'flours',
        pricePaise: 5200,
        unitPricePaise: 10_400,
        mrpPaise: 5500,
        country: 'IN',
        diet: 'veg',
        stock: 20,
        shopId: shop.id,
        shopName: 'Gupta Kirana',
        shopCity: 'Indore',
        offers: [],
      })
    })

    test('returns how loose goods are sold', async ({ assert }) => {
      const loose = { unit: 'kg', soldAs: 'loose' as const, measure: 'weight' as const }
      await createProduct({
        name: 'Poha',
        ...loose,
        smallest: 100,
        pricePaise: 6000,
        stock: 12_500,
      })
      const [hit] = (await search('poha')).hits as ProductHit[]
      const { measure, soldAs, netQuantity, smallest, step, presets, unitPricePaise, stock } = hit
      assert.deepEqual(
        [measure, soldAs, netQuantity, unitPricePaise, stock],
        [...['weight', 'loose', 1000, 6000, 12_500]]
      )
      assert.deepEqual([smallest, step, presets], [100, 50, [100, 250, 500, 1000]])
    })

    test('returns everything that a list shows of a shop', async ({ assert }) => {
      const { id } = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
      const [{ score, ...hit }] = (await search('gupta')).hits
      assert.isAbove(score, 0)
      assert.deepEqual(hit, { type: 'shop', id, name: 'Gupta Kirana', city: 'Indore' })
    })

    test('finds {expected} by "{typed}"')
      .with([
        { typed: 'besan', expected: 'Besan' },
        { typed: 'BESAN', expected: 'Besan' },
        { typed: 'ｂｅｓａｎ', expected: 'Besan' },
        { typed: '  besan!  ', expected: 'Besan' },
        { typed: 'besn', expected: 'Besan' },
        { typed: 'bsean', expected: 'Besan' },
        { typed: 'besann', expected: 'Besan' },
        { typed: 'vesan', expected: 'Besan' },
        { typed: 'बेसन', expected: 'Besan' },
        { typed: 'बेसण', expected: 'Besan' },
        { typed: 'bas', expected: 'Basmati Rice' },
        { typed: 'basmti', expected: 'Basmati Rice' },
        { typed: 'bsamati', expected: 'Basmati Rice' },
        { typed: 'basmati rice', expected: 'Basmati Rice' },
        { typed: 'rice basmati', expected: 'Basmati Rice' },
        { typed: 'basmti rixe', expected: 'Basmati Rice' },
        { typed: 'bas ri', expected: 'Basmati Rice' },
        { typed: 'चावल', expected: 'Basmati Rice' },
        { typed: 'चाव', expected: 'Basmati Rice' },
        { typed: 'आटा', expected: 'Aashirvaad Atta' },
        { typed: 'आता', expected: 'Aashirvaad Atta' },
        { typed: 'आशिर्वाद', expected: 'Aashirvaad Atta' },
        { typed: 'creme', expected: 'Crème Biscuits' },
        { typed: 'crème', expected: 'Crème Biscuits' },
        { typed: 'lays', expected: "Lay's Chips" },
        { typed: "lay's", expected: "Lay's Chips" },
        { typed: 'lay’s', expected: "Lay's Chips" },
        { typed: 'जीरा', expected: 'Jeera' },
        { typed: 'ज़ीरा', expected: 'Jeera' },
        { typed: '7up', expected: '7UP' },
        { typed: '7 up', expected: '7UP' },
        { typed: '5star', expected: '5 Star' },
        { typed: '5 star', expected: '5 Star' },
        { typed: '५स्टार', expected: '5 Star' },
        { typed: 'haldirams', expected: 'Haldiram’s Bhujia' },
        { typed: 'haldiram‘s', expected: 'Haldiram’s Bhujia' },
        { typed: 'haldiram´s', expected: 'Haldiram’s Bhujia' },
        { typed: 'haldiramʼs', expected: 'Haldiram’s Bhujia' },
        { typed: '“haldiram`s”', expected: 'Haldiram’s Bhujia' },
        { typed: 'hal\u00addiram\u200e’s', expected: 'Haldiram’s Bhujia' },
        { typed: 'coca‑cola', expected: 'Coca–Cola' },
        { typed: 'coca-cola', expected: 'Coca–Cola' },
        { typed: 'coca—cola', expected: 'Coca–Cola' },
      ])
      .run(async ({ assert }, { typed, expected }) => {
        const shop = await createShop({ name: 'Om Provision', city: 'Pune' })
        const shelf: [string, string | null][] = [
          ['Besan', 'बेसन'],
          ['Basmati Rice', 'बासमती चावल'],
          ['Aashirvaad Atta', 'आशीर्वाद आटा'],
          ['Crème Biscuits', null],
          ["Lay's Chips", null],
          ['Jeera', 'ज़ीरा'],
          ['7UP', null],
          ['5 Star', '5 स्टार'],
          ['Haldiram’s Bhujia', null],
          ['Coca–Cola', null],
        ]
        await Product.createMany(shelf.map(([title, nameHi]) => product(shop, title, { nameHi })))
        assert.deepEqual(await names(typed), [expected])
      })

    test('finds {expected} by "{typed}", a word of Tamil, Telugu, Kannada or Malayalam')
      .with([
        { typed: 'kothamalli', expected: ['Coriander'] },
        { typed: 'கொத்தமல்லி', expected: ['Coriander'] },
        { typed: 'kandipappu', expected: ['Toor Dal'] },
        { typed: 'అర కిలో కందిపప్పు', expected: ['Toor Dal'] },
        { typed: 'hesaru bele', expected: ['Moong Dal'] },
        { typed: 'ಹೆಸರು ಬೇಳೆ', expected: ['Moong Dal'] },
        { typed: 'velichenna', expected: ['Coconut Oil'] },
        { typed: 'വെളിച്ചെണ്ണ', expected: ['Coconut Oil'] },
        { typed: 'mundhiri', expected: ['Cashew', 'Grapes'] },
        { typed: 'vellam', expected: ['Jaggery', 'Water'] },
        { typed: 'soppu', expected: ['Saag', 'Soap'] },
        { typed: 'வெல்லம்', expected: ['Jaggery'] },
        { typed: 'முந்திரி', expected: ['Cashew'] },
        { typed: 'മുന്തിരി', expected: ['Grapes'] },
        { typed: 'thenkuzhal', expected: ['தேன்குழல்'] },
        { typed: 'perunkaayam', expected: ['பெருங்காயம்'] },
        { typed: 'പാല്\u200dപ്പൊടി', expected: ['പാൽപ്പൊടി'] },
      ])
      .run(async ({ assert }, { typed, expected }) => {
        const shop = await createShop({ name: 'Om Provision', city: 'Pune' })
        const english =
          'Coriander,Toor Dal,Moong Dal,Coconut Oil,Cashew,Grapes,Jaggery,Water,Saag,Soap'
        const titles = [...english.split(','), 'தேன்குழல்', 'பெருங்காயம்', 'പാൽപ്പൊടി']
        await Product.createMany(titles.map((title) => product(shop, title, { nameHi: null })))
        assert.sameMembers(await names(typed), expected)
      })

    test('a word of two languages finds both: {expected} by "{typed}"')
      .with([
        { typed: 'alu', expected: ['Aloo (Potato)', 'Arbi (Colocasia)'] },
        { typed: 'khand', expected: ['Khand', 'Sugar (Chini)'] },
        { typed: 'chana', expected: ['Kabuli Chana', 'Paneer'] },
        { typed: 'ছানা', expected: ['Kabuli Chana', 'Paneer'] },
        { typed: 'kola', expected: ['Coca-Cola', 'Kela (Banana)'] },
        { typed: 'mari', expected: ['Kali Mirch', 'Marie Gold'] },
        { typed: 'taj', expected: ['Dalchini', 'Taj Mahal Tea'] },
        { typed: 'kande', expected: ['Cow Dung Cakes (Upla)', 'Pyaz (Onion)'] },
        { typed: 'mithu', expected: ['Tata Salt'] },
      ])
      .run(async ({ assert }, { typed, expected }) => {
        const shop = await createShop({ name: 'Om Provision', city: 'Pune' })
        const shelf = [
          ...['Aloo (Potato)', 'Arbi (Colocasia)', 'Khand', 'Sugar (Chini)', 'Kabuli Chana'],
          ...['Paneer', 'Coca-Cola', 'Kela (Banana)', 'Kali Mirch', 'Marie Gold', 'Dalchini'],
          ...['Taj Mahal Tea', 'Cow Dung Cakes (Upla)', 'Pyaz (Onion)', 'Tata Salt'],
        ]
        await Product.createMany(shelf.map((title) => product(shop, title)))
        assert.includeMembers(await names(typed), expected)
      })

    test('finds {expected} by "{typed}", in another language, script or spelling')
      .with([
        { typed: 'aata', expected: 'Atta' },
        { typed: 'आटा', expected: 'Atta' },
        { typed: 'flour', expected: 'Atta' },
        { typed: 'gehun ka aata', expected: 'Atta' },
        { typed: '1kg atta', expected: 'Atta' },
        { typed: 'atta 500 gm packet', expected: 'Atta' },
        { typed: 'आधा किलो आटा', expected: 'Atta' },
        { typed: 'zeera', expected: 'Jeera' },
        { typed: 'cumin', expected: 'Jeera' },
        { typed: 'cumin seeds', expected: 'Jeera' },
        { typed: 'ज़ीरा', expected: 'Jeera' },
        { typed: 'curd', expected: 'Dahi' },
        { typed: 'dahee wala', expected: 'Dahi' },
        { typed: 'kidney beans', expected: 'Rajma Chitra' },
        { typed: 'kidny beens', expected: 'Rajma Chitra' },
        { typed: 'raajma chitra', expected: 'Rajma Chitra' },
        { typed: 'sabu dana', expected: 'Sabudana' },
        { typed: 'साबुदाना', expected: 'Sabudana' },
        { typed: 'moongfali', expected: 'Peanuts' },
        { typed: 'groundnut', expected: 'Peanuts' },
        { typed: 'gavhache pith', expected: 'Atta' },
        { typed: 'गव्हाचे पीठ १ किलो', expected: 'Atta' },
        { typed: 'ઘઉંનો લોટ', expected: 'Atta' },
        { typed: 'ghau no lot', expected: 'Atta' },
        { typed: 'ਕਣਕ ਦਾ ਆਟਾ', expected: 'Atta' },
        { typed: 'জিরে', expected: 'Jeera' },
        { typed: 'জিরে ১০০ গ্রাম', expected: 'Jeera' },
        { typed: 'দই', expected: 'Dahi' },
        { typed: 'ਰਾਜਮਾਂਹ', expected: 'Rajma Chitra' },
        { typed: 'shengdane', expected: 'Peanuts' },
        { typed: 'shengdanne', expected: 'Peanuts' },
        { typed: 'শাবুদানা', expected: 'Sabudana' },
      ])
      .run(async ({ assert }, { typed, expected }) => {
        const shop = await createShop({ name: 'Om Provision', city: 'Pune' })
        const titles = ['Atta', 'Jeera', 'Dahi', 'Rajma Chitra', 'Sabudana', 'Peanuts', 'Salt']
        await Product.createMany(titles.map((title) => product(shop, title, { nameHi: null })))
        assert.deepEqual(await names(typed), [expected])
      })

    test('what was typed comes before another name of it', async ({ assert }) => {
      const shop = await createShop()
      await Product.createMany(['Sugar', 'Chini'].map((title) => product(shop, title)))
      assert.deepEqual(await names('chini'), ['Chini', 'Sugar'])
      assert.deepEqual(await names('sugar'), ['Sugar', 'Chini'])
    })

    test('shops of any script are found by either', async ({ assert }) => {
      await createShop({ name: 'गुप्ता किराना', city: 'Pune' })
      assert.deepEqual(await names('gupta kirana', { type: 'shop' }), ['गुप्ता किराना'])
    })

    test('several shops that sell the same make one hit, the cheapest first', async ({
      assert,
    }) => {
      for (const [index, pricePaise] of [6000, 5000, 4000, 7000].entries()) {
        const { id } = await createShop({ name: `Shop ${letters(index)}` })
        const values = { name: 'Besan', unit: '500 g', pricePaise, stock: index === 2 ? 0 : 5 }
        await createProduct({ shopId: id, ...values })
      }
      const other = await createShop({ name: 'Shop z' })
      await createProduct({ shopId: other.id, name: 'Besan', unit: '1 kg', pricePaise: 9000 })
      const { hits } = await search('besan', { grouped: true, type: 'product' })
      assert.deepEqual(
        (hits as ProductHit[]).map(({ pricePaise, unit, offers }) => {
          return [unit, pricePaise, ...offers.map((offer) => offer.pricePaise)]
        }),
        [
          ['500 g', 5000, 6000, 7000, 4000],
          ['1 kg', 9000],
        ]
      )
      const [{ offers }] = hits as ProductHit[]
      assert.deepEqual(
        [offers[0].shopName, offers[0].shopCity, offers[0].stock],
        ['Shop aa', 'Indore', 5]
      )
      assert.lengthOf((await search('besan', { type: 'product' })).hits, 5)
    })

    test('the same goods in other words are one hit', async ({ assert }) => {
      const loose = { unit: 'kg', soldAs: 'loose' as const, pricePaise: 7000, stock: 5000 }
      const shelf = [{ unit: '1 kg' }, { unit: '1000 g' }, { unit: '1 किलो' }, loose]
      for (const values of [...shelf, { unit: 'small box' }, { unit: 'large box' }]) {
        await createProduct({ name: 'Besan', pricePaise: 9000, stock: 5, ...values })
      }
      const { hits } = await search('besan', { grouped: true, type: 'product' })
      const groups = (hits as ProductHit[]).map(({ measure, soldAs, unit, offers }) => {
        return [measure, soldAs, measure === 'pieces' ? unit : '', offers.length]
      })
      assert.sameDeepMembers(groups, [
        ['weight', 'packed', '', 2],
        ['weight', 'loose', '', 0],
        ['pieces', 'packed', 'small box', 0],
        ['pieces', 'packed', 'large box', 0],
      ])
    })

    test('"{q}" prefers what can be bought in that amount')
      .with([
        { q: 'besan 500g', expected: ['500 g', 'kg', '400 g', '1 kg', '5 kg'] },
        { q: 'बेसन आधा किलो', expected: ['500 g', 'kg', '400 g', '1 kg', '5 kg'] },
        { q: 'besan 5 kg', expected: ['5 kg', 'kg', '1 kg', '500 g', '400 g'] },
        { q: '400 gm besn', expected: ['400 g', 'kg', '500 g', '1 kg', '5 kg'] },
      ])
      .run(async ({ assert }, { q, expected }) => {
        const loose = { unit: 'kg', soldAs: 'loose' as const, stock: 20_000 }
        for (const values of [
          ...[{ unit: '1 kg' }, { unit: '5 kg' }, { unit: '400 g' }, { unit: '500 g' }],
          { ...loose },
        ]) {
          await createProduct({ name: 'Besan', nameHi: 'बेसन', pricePaise: 9000, ...values })
        }
        for (const grouped of [false, true]) {
          const { hits } = await search(q, { grouped, type: 'product' })
          const units = (hits as ProductHit[]).map(({ unit }) => unit)
          assert.deepEqual(units.slice(0, 2).toSorted(), expected.slice(0, 2).toSorted())
          assert.deepEqual(units.slice(2), expected.slice(2))
        }
      })

    test('"{q}" finds {expected} first')
      .with([
        { q: '1 dozen eggs', expected: 'Eggs of 1 dozen' },
        { q: '12 pieces eggs', expected: 'Eggs of 1 dozen' },
        { q: '30 pc eggs', expected: 'Eggs of 30 pieces' },
        { q: '2 litre oil', expected: 'Oil of 2 l' },
        { q: '2000 ml oil', expected: 'Oil of 2 l' },
        { q: '2 kg oil', expected: 'Oil of 1 l' },
      ])
      .run(async ({ assert }, { q, expected }) => {
        const shop = await createShop({ name: 'Om Provision' })
        await Product.createMany([
          product(shop, 'Eggs', { unit: '30 pieces', pricePaise: 100 }),
          product(await createShop(), 'Eggs', { unit: '1 dozen', pricePaise: 9000 }),
          product(shop, 'Oil', { unit: '1 l', pricePaise: 100 }),
          product(await createShop(), 'Oil', { unit: '2 l', pricePaise: 30_000 }),
        ])
        const [first] = (await search(q, { type: 'product' })).hits as ProductHit[]
        assert.equal(`${first.name} of ${first.unit}`, expected)
      })

    test('goods that cannot be bought in that amount do not come first', async ({ assert }) => {
      const loose = { unit: 'kg', soldAs: 'loose' as const, pricePaise: 5000 }
      const values = { name: 'Besan', nameHi: null }
      await createProduct({ ...values, ...loose, stock: 300 })
      await createProduct({ ...values, ...loose, stock: 5000, smallest: 1000, presets: [1000] })
      await createProduct({ ...values, unit: '500 g', stock: 0 })
      const fine = await createProduct({ ...values, unit: '450 g', pricePaise: 9900, stock: 1 })
      const [first] = (await search('besan 500 g', { type: 'product' })).hits
      assert.equal(first.id, fine.id)
    })

    test('cheaper goods of other amounts do not crowd out what was asked for', async ({
      assert,
    }) => {
      const shops = []
      for (let index = 0; index < 14; index++) {
        shops.push(await createShop({ name: `Shop ${letters(index)}` }))
      }
      const values = { nameHi: null, stock: 50_000 }
      await Product.createMany([
        ...shops.map((shop) =>
          product(shop, 'Besan', { ...values, unit: '50 g', pricePaise: 500 })
        ),
        product(await createShop(), 'Besan', { ...values, unit: '500 g', pricePaise: 5200 }),
        product(await createShop(), 'Besan', {
          ...{ ...values, unit: 'kg', soldAs: 'loose', pricePaise: 9000 },
        }),
      ])
      const { hits } = await search('besan 500g', { grouped: true, type: 'product' })
      assert.sameMembers(
        (hits as ProductHit[]).slice(0, 2).map(({ unit }) => unit),
        ['500 g', 'kg']
      )
    })

    test('the cheapest per kg come first when that is asked for, sold out goods last', async ({
      assert,
    }) => {
      const loose = { soldAs: 'loose' as const, stock: 5000 }
      for (const values of [
        { unit: '500 g', pricePaise: 5500 },
        { unit: '5 kg', pricePaise: 45_000 },
        { unit: '1 kg', pricePaise: 100, stock: 0 },
        { unit: 'kg', pricePaise: 10_000, ...loose },
        { unit: '1 l', pricePaise: 50 },
        { unit: '6 pieces', pricePaise: 600 },
      ]) {
        await createProduct({ name: 'Besan', stock: 5, ...values })
      }
      for (const grouped of [false, true]) {
        const order = 'unit_price'
        const { hits } = await search('besan', { grouped, order, type: 'product' })
        assert.deepEqual(
          (hits as ProductHit[]).map(({ unit, unitPricePaise }) => [unit, unitPricePaise]),
          [
            ['5 kg', 9000],
            ['kg', 10_000],
            ['500 g', 11_000],
            ['1 l', 50],
            ['6 pieces', 100],
            ['1 kg', 100],
          ]
        )
      }
    })

    test('the measure of most goods comes first, then each by its own price', async ({
      assert,
    }) => {
      const units = ['1 kg', '500 ml', '1 l', '2 l']
      for (const [index, unit] of units.entries()) {
        await createProduct({ name: 'Oil', unit, pricePaise: 1000 * (index + 1) })
      }
      const found = async (q: string) => {
        const { hits } = await search(q, { order: 'unit_price', type: 'product' })
        return (hits as ProductHit[]).map(({ unit }) => unit)
      }
      assert.deepEqual(await found('oil'), ['2 l', '1 l', '500 ml', '1 kg'])
      assert.deepEqual((await found('oil 1 kg'))[0], '1 kg')
    })

    test('small packs do not crowd out what is cheapest per kg', async ({ assert }) => {
      for (let index = 0; index < 14; index++) {
        const { id } = await createShop({ name: `Shop ${letters(index)}` })
        await createProduct({ shopId: id, name: 'Besan', unit: '50 g', pricePaise: 1000 })
      }
      await createProduct({ name: 'Besan', unit: '5 kg', pricePaise: 40_000 })
      for (const grouped of [false, true]) {
        const { hits } = await search('besan', { grouped, order: 'unit_price', type: 'product' })
        assert.equal((hits[0] as ProductHit).unit, '5 kg')
      }
    })

    test('sold out goods come last by price too', async ({ assert }) => {
      const shop = await createShop({ name: 'Om Provision' })
      await Product.createMany([
        product(shop, 'Rice', { pricePaise: 7000, stock: 5 }),
        product(shop, 'Brown Rice', { pricePaise: 5000, stock: 0 }),
      ])
      assert.deepEqual(await names('rice', { order: 'price' }), ['Rice', 'Brown Rice'])
    })

    test('goods are filtered, counted and sorted by their country of origin', async ({
      assert,
    }) => {
      const origins = [null, 'US', 'IN', 'AF', 'IN']
      for (const [index, country] of origins.entries()) {
        const { id } = await createShop({ name: `Shop ${letters(index)}` })
        await createProduct({ shopId: id, name: 'Badam', pricePaise: 1000 + index, country })
      }
      const found = async (options: Partial<SearchQuery>) => {
        const { hits, facets } = await search('badam', { type: 'product', ...options })
        return { countries: (hits as ProductHit[]).map(({ country }) => country), facets }
      }
      assert.deepEqual((await found({ country: 'IN' })).countries, ['IN', 'IN'])
      assert.deepEqual((await found({ country: 'US', grouped: true })).countries, ['US'])
      assert.deepEqual((await found({ country: NOT_STATED })).countries, [null])
      assert.isEmpty((await found({ country: 'NP' })).countries)
      assert.isEmpty((await found({ country: 'NP', type: 'all' })).countries)
      assert.deepEqual((await found({ facets: true })).facets?.countries, [
        { value: 'IN', count: 2 },
        { value: 'AF', count: 1 },
        { value: 'US', count: 1 },
        { value: NOT_STATED, count: 1 },
      ])
      const sorted = ['IN', 'IN', 'AF', 'US', null]
      assert.deepEqual((await found({ order: 'country' })).countries, sorted)
      const apart = await found({ order: 'country', grouped: true })
      assert.deepEqual(apart.countries, ['IN', 'AF', 'US', null])
    })

    test('cheaper goods of other countries do not crowd out those of one', async ({ assert }) => {
      for (let index = 0; index < 14; index++) {
        const { id } = await createShop({ name: `Shop ${letters(index)}` })
        await createProduct({ shopId: id, name: 'Badam', pricePaise: 1000, country: 'US' })
      }
      const rare = await createProduct({ name: 'Badam', pricePaise: 9000, country: 'IN' })
      for (const options of [{ country: 'IN' }, { order: 'country' as const }]) {
        const { hits } = await search('badam', { ...options, grouped: true, type: 'product' })
        assert.equal(hits[0].id, rare.id)
      }
    })

    test('filters leave only the products that pass them', async ({ assert }) => {
      const shop = await createShop({ name: 'Masala Bhandar' })
      await Product.createMany([
        product(shop, 'Garam Masala', {
          category: 'spices',
          brand: 'MDH',
          pricePaise: 6000,
          stock: 5,
        }),
        product(shop, 'Chai Masala', { category: 'spices', pricePaise: 9000, stock: 0 }),
        product(shop, 'Masala Peanuts', { category: 'snacks', pricePaise: 3000, stock: 5 }),
        product(shop, 'Masala Mix', { category: null, brand: 'MDH', pricePaise: 9500, stock: 5 }),
      ])
      const found = async (options: Partial<SearchQuery>) => {
        return (await names('masala', options)).toSorted()
      }
      assert.deepEqual(await found({ category: 'spices' }), ['Chai Masala', 'Garam Masala'])
      assert.deepEqual(await found({ category: 'snacks' }), ['Masala Peanuts'])
      assert.deepEqual(await found({ brand: 'MDH' }), ['Garam Masala', 'Masala Mix'])
      assert.deepEqual(await found({ brand: 'MDH', category: 'spices' }), ['Garam Masala'])
      assert.isEmpty(await found({ brand: 'Everest' }))
      assert.deepEqual(await found({ inStock: true }), [
        'Garam Masala',
        'Masala Mix',
        'Masala Peanuts',
      ])
      assert.deepEqual(await found({ priceFrom: 6000, priceTo: 9000 }), [
        'Chai Masala',
        'Garam Masala',
      ])
      assert.deepEqual(await found({ priceTo: 5999 }), ['Masala Peanuts'])
      assert.deepEqual(await found({ category: 'spices', inStock: true, priceFrom: 1 }), [
        'Garam Masala',
      ])
      assert.isEmpty(await found({ category: 'dairy' }))
      assert.deepEqual(await found({ category: 'spices', grouped: true }), [
        'Chai Masala',
        'Garam Masala',
      ])
    })

    test('says what the results could be narrowed to', async ({ assert }) => {
      for (const [city, stock] of [
        ['Pune', 5],
        ['Pune', 0],
        ['Indore', 5],
      ] as const) {
        const shop = await createShop({ city })
        const values = { category: 'flours' as const, stock, nameHi: null }
        await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 4500, ...values })
      }
      const shop = await createShop({ city: 'Pune' })
      const snack = {
        category: 'snacks' as const,
        brand: "Haldiram's",
        country: 'IN',
        pricePaise: 60_000,
        nameHi: null,
      }
      await createProduct({ shopId: shop.id, name: 'Besan Sev', ...snack })
      const { facets } = await search('besan', { facets: true, grouped: true })
      assert.deepEqual(facets, {
        cities: [
          { value: 'Pune', count: 2 },
          { value: 'Indore', count: 1 },
        ],
        categories: [
          { value: 'flours', count: 1 },
          { value: 'snacks', count: 1 },
        ],
        brands: [{ value: "Haldiram's", count: 1 }],
        countries: [
          { value: 'IN', count: 1 },
          { value: NOT_STATED, count: 1 },
        ],
        prices: [
          { value: '0', count: 1 },
          { value: '4', count: 1 },
        ],
        inStock: 2,
        exact: true,
      })
      const pune = await search('besan', { facets: true, grouped: true, city: 'Pune' })
      assert.deepEqual(pune.facets?.cities, [{ value: 'Pune', count: 2 }])
      const apart = await search('besan', { facets: true })
      assert.deepEqual(apart.facets?.categories, [
        { value: 'flours', count: 3 },
        { value: 'snacks', count: 1 },
      ])
      assert.isNull((await search('besan')).facets)
    })

    test('the nearest cities come first when that is asked for', async ({ assert }) => {
      for (const city of ['Delhi', 'Pune', 'Thane', 'Mumbai']) {
        const { id } = await createShop({ city })
        await createProduct({ shopId: id, name: city === 'Pune' ? 'Besan Fine' : 'Besan' })
      }
      const near = ['Mumbai', 'thane', 'Pune']
      const { hits } = await search('besan', { order: 'nearest', near, type: 'product' })
      const cities = hits.map((hit) => (hit.type === 'product' ? hit.shopCity : ''))
      assert.deepEqual(cities, ['Mumbai', 'Thane', 'Pune', 'Delhi'])
      const [first] = (await search('besan', { order: 'nearest', near, size: 1 })).hits
      assert.equal((first as ProductHit).shopCity, 'Mumbai')
    })

    test('shops that deliver come before all others, the nearest first', async ({ assert }) => {
      const shops = await Promise.all(
        ['Pune', 'Pune', 'Thane', 'Pune'].map((city) => createShop({ city }))
      )
      for (const [at, { id }] of shops.entries()) {
        await createProduct({ shopId: id, name: 'Besan', pricePaise: 1000 + at })
      }
      const [cheapest, nearest, next] = shops
      const options = {
        order: 'nearest' as const,
        near: ['Pune', 'Thane'],
        deliverers: [nearest, next].map(({ id, city }) => ({ id, city })),
        type: 'product' as const,
      }
      const shopsOf = async (given: Partial<SearchQuery> = {}) => {
        const { hits } = await search('besan', { ...options, ...given })
        return hits.map((hit) => (hit as ProductHit).shopId)
      }
      const found = await shopsOf()
      assert.deepEqual(found.slice(0, 3), [nearest.id, next.id, cheapest.id])
      assert.lengthOf(found, 4)
      assert.deepEqual((await shopsOf({ size: 2, grouped: true })).slice(0, 2), [
        nearest.id,
        next.id,
      ])
      assert.deepEqual(await shopsOf({ city: 'Thane' }), [next.id])
    })

    test('goods of the nearest shop come first only if they match well and are in stock', async ({
      assert,
    }) => {
      const [nearest, next] = [
        await createShop({ city: 'Pune' }),
        await createShop({ city: 'Pune' }),
      ]
      await createProduct({ shopId: nearest.id, name: 'Besan', stock: 0 })
      await createProduct({ shopId: next.id, name: 'Besan' })
      const deliverers = [nearest, next].map(({ id, city }) => ({ id, city }))
      const { hits } = await search('besan', { order: 'nearest', deliverers, type: 'product' })
      const shops = hits.map((hit) => (hit as ProductHit).shopId)
      assert.deepEqual(shops, [next.id, nearest.id])
    })

    test('lists a category without words, of shops that deliver or of a city', async ({
      assert,
    }) => {
      const [near, nearer, elsewhere] = await Promise.all(
        ['Pune', 'Pune', 'Indore'].map((city) => createShop({ city }))
      )
      const dals = { category: 'dals' as const }
      await Product.createMany([
        product(near, 'Chana Dal', dals),
        product(near, 'Urad Dal', { ...dals, stock: 0 }),
        product(nearer, 'Toor Dal', dals),
        product(nearer, 'Besan', { category: 'flours' }),
        product(elsewhere, 'Moong Dal', dals),
      ])
      const deliverers = [nearer, near].map(({ id, city }) => ({ id, city }))
      const order = 'nearest' as const
      const asked = { category: 'dals', order, deliverers, facets: true, grouped: true }
      const { hits, facets } = await search('', asked)
      assert.deepEqual(
        hits.map((hit) => hit.name),
        ['Toor Dal', 'Chana Dal', 'Urad Dal']
      )
      assert.equal(facets!.inStock, 2)
      assert.isTrue(facets!.exact)
      assert.deepEqual(await names('', { category: 'dals', city: 'indore' }), ['Moong Dal'])
      assert.deepEqual(await names('', { category: 'dals', order, near: ['Indore'] }), [
        'Moong Dal',
      ])
      assert.deepEqual(await names('', { ...asked, inStock: true }), ['Toor Dal', 'Chana Dal'])
      assert.isEmpty(await names('', { category: 'dals' }))
      assert.isEmpty(await names('', { order, deliverers }))
      await closeShop(nearer)
      assert.deepEqual(await names('', asked), ['Chana Dal', 'Urad Dal'])
    })

    test('the cheapest come first when that is asked for, of what matches well', async ({
      assert,
    }) => {
      const shop = await createShop({ name: 'Om Provision' })
      await Product.createMany([
        product(shop, 'Rice', { pricePaise: 7000 }),
        product(shop, 'Brown Rice', { pricePaise: 5000 }),
        product(shop, 'Nice', { pricePaise: 100 }),
      ])
      assert.deepEqual(await names('rice', { order: 'price' }), ['Brown Rice', 'Rice'])
    })

    test('suggests products, shops and categories while somebody types', async ({ assert }) => {
      const shop = await createShop({ name: 'Besan Bhandar', city: 'Pune' })
      const other = await createShop({ name: 'Om Provision', city: 'Indore' })
      const values = { nameHi: 'बेसन', category: 'flours' as const }
      await Product.createMany([
        product(shop, 'Besan', values),
        product(other, 'Besan', values),
        product(other, 'Basmati Rice', { category: 'rice' }),
      ])
      const suggest = async (prefix: string, city: string | null = null) => {
        const clock = new SessionClock(await tested.settle(), null)
        return tested.engine.suggest({ prefix, city, size: 5 }, clock)
      }
      const expected = {
        products: [{ name: 'Besan', nameHi: 'बेसन' }],
        shops: [{ id: shop.id, name: 'Besan Bhandar', city: 'Pune' }],
        categories: ['flours'],
      }
      assert.deepEqual((await suggest('बे')).products, expected.products)
      for (const prefix of ['be', 'besa', 'BESAN', 'bessan', 'bezan']) {
        assert.deepEqual(await suggest(prefix), expected, prefix)
      }
      assert.deepEqual((await suggest('gram flour')).products, expected.products)
      assert.deepEqual((await suggest('be', 'Indore')).shops, [])
      assert.deepEqual((await suggest('bas', 'Pune')).products, [])
      assert.deepEqual((await suggest('b')).categories.toSorted(), ['flours', 'rice'])
      for (const prefix of ['', '☃', 'qqqq']) {
        assert.deepEqual(await suggest(prefix), { products: [], shops: [], categories: [] })
      }
    })

    test('moves the clock of the session on to what it shows', async ({ assert }) => {
      await createProduct({ name: 'Besan' })
      const position = await tested.settle()
      const clock = new SessionClock(position, null)
      await tested.engine.search(searchFor({ q: 'besan' }), clock)
      assert.isTrue(clock.needed >= (position ?? 0n))
    })

    test('does not take one number for another', async ({ assert }) => {
      const shop = await createShop()
      await Product.createMany(['Oil 500', 'Oil 600'].map((title) => product(shop, title)))
      assert.deepEqual(await names('oil 500'), ['Oil 500'])
    })

    test('does not take a short word for another', async ({ assert }) => {
      const shop = await createShop()
      await Product.createMany(['Ghee', 'Tea'].map((title) => product(shop, title)))
      assert.deepEqual(await names('te'), ['Tea'])
      assert.isEmpty(await names('ta'))
    })

    test('what was typed comes before what begins so, and that before what is alike', async ({
      assert,
    }) => {
      const shop = await createShop()
      const titles = ['Tes', 'Teaspoon', 'Tea']
      await Product.createMany(titles.map((title) => product(shop, title)))
      assert.deepEqual((await names('tea')).slice(0, 2), ['Tea', 'Teaspoon'])
    })

    test('a name of the words alone comes before a longer one', async ({ assert }) => {
      const shop = await createShop()
      const titles = ['Basmati Rice Bran Oil', 'Rice', 'Basmati Rice']
      await Product.createMany(titles.map((title) => product(shop, title)))
      assert.deepEqual(await names('rice'), ['Rice', 'Basmati Rice', 'Basmati Rice Bran Oil'])
      assert.deepEqual(await names('basmati rice'), ['Basmati Rice', 'Basmati Rice Bran Oil'])
    })

    test('all words have to match as long as something does', async ({ assert }) => {
      const shop = await createShop()
      const titles = ['Basmati Rice', 'Brown Rice', 'Basmati Poha']
      await Product.createMany(titles.map((title) => product(shop, title)))
      assert.deepEqual(await names('basmati rice'), ['Basmati Rice'])
    })

    test('else as many as possible', async ({ assert }) => {
      const shop = await createShop()
      const titles = ['Basmati Rice', 'Brown Rice', 'Poha']
      await Product.createMany(titles.map((title) => product(shop, title)))
      assert.deepEqual(await names('basmati rice qwertyuiop'), ['Basmati Rice'])
      assert.deepEqual(await names('brown basmati rice'), ['Basmati Rice', 'Brown Rice'])
      assert.sameMembers(await names('poha basmati'), ['Basmati Rice', 'Poha'])
    })

    test('finds products by the shop that sells them, below those with the name', async ({
      assert,
    }) => {
      const gupta = await createShop({ name: 'Gupta Kirana' })
      const other = await createShop({ name: 'Om Provision' })
      await createProduct({ shopId: gupta.id, name: 'Poha' })
      await createProduct({ shopId: other.id, name: 'Gupta Masala' })
      assert.deepEqual(await names('gupta', { type: 'product' }), ['Gupta Masala', 'Poha'])
    })

    test('finds a product of one shop by words of both', async ({ assert }) => {
      const gupta = await createShop({ name: 'Gupta Kirana' })
      const other = await createShop({ name: 'Om Provision' })
      for (const { id } of [gupta, other]) {
        await createProduct({ shopId: id, name: 'Besan' })
        await createProduct({ shopId: id, name: 'Poha', nameHi: 'पोहा' })
      }
      const { hits } = await search('besan gupta', { type: 'product' })
      assert.deepEqual(hits.map(whereabouts), ['Besan at Gupta Kirana'])
      assert.deepEqual((await search('gupta bsan')).hits.map(whereabouts), [
        'Besan at Gupta Kirana',
      ])
    })

    test('finds shops and products by a city in the query', async ({ assert }) => {
      const [pune, indore] = [
        await createShop({ name: 'Om Provision', city: 'Pune' }),
        await createShop({ name: 'Om Provision', city: 'Indore' }),
      ]
      for (const { id } of [pune, indore]) await createProduct({ shopId: id, name: 'Besan' })
      const cities = async (q: string, type: SearchQuery['type']) => {
        const { hits } = await search(q, { type })
        return hits.map((hit) => (hit.type === 'shop' ? hit.city : hit.shopCity))
      }
      assert.deepEqual(await cities('besan pune', 'product'), ['Pune'])
      assert.deepEqual(await cities('om indore', 'shop'), ['Indore'])
      assert.deepEqual(await cities('pune', 'all'), ['Pune', 'Pune'])
    })

    test('the city filter leaves only its shops and their products', async ({ assert }) => {
      for (const city of ['Pune', 'Indore']) {
        const { id } = await createShop({ name: 'Besan Bhandar', city })
        await createProduct({ shopId: id, name: 'Besan' })
      }
      const { hits } = await search('besan', { city: 'Pune' })
      assert.sameMembers(
        hits.map((hit) => (hit.type === 'shop' ? `shop ${hit.city}` : `product ${hit.shopCity}`)),
        ['shop Pune', 'product Pune']
      )
      assert.lengthOf((await search('besan', { city: 'pune' })).hits, 2)
      assert.lengthOf((await search('besn', { city: 'Pune' })).hits, 2)
      assert.lengthOf((await search('besan bhandar', { city: 'Pune', type: 'product' })).hits, 1)
      assert.isEmpty((await search('besan', { city: 'Delhi' })).hits)
      const { hits: elsewhere } = await search('besan indore', { city: 'Pune', type: 'shop' })
      assert.isTrue(elsewhere.every((hit) => hit.type === 'shop' && hit.city === 'Pune'))
    })

    test('returns the kind that was asked for', async ({ assert }) => {
      const { id } = await createShop({ name: 'Besan Bhandar' })
      await createProduct({ shopId: id, name: 'Besan' })
      const types = async (type: SearchQuery['type']) => {
        return (await search('besan', { type })).hits.map((hit) => hit.type)
      }
      assert.deepEqual(await types('shop'), ['shop'])
      assert.deepEqual(await types('product'), ['product'])
      assert.sameMembers(await types('all'), ['shop', 'product'])
    })

    test('a shop with the very name that was typed comes first', async ({ assert }) => {
      const { id } = await createShop({ name: 'Fresh Basket' })
      await createShop({ name: 'Fresh Basket Junction' })
      const titles = ['Fresh Basket Mix', 'Fresh Basket Cream', 'Basket Fresh Milk']
      const shop = await createShop({ name: 'Om Provision' })
      await Product.createMany(titles.map((title) => product(shop, title)))
      assert.equal((await search('fresh basket')).hits[0].id, id)
    })

    test('shops are not drowned by products', async ({ assert }) => {
      const shop = await createShop({ name: 'Very Long Masala And Other Things Shop' })
      const titles = Array.from({ length: 60 }, (_, index) => `Masala ${letters(index)}`)
      await Product.createMany(titles.map((title) => product(shop, title)))
      const { hits } = await search('masala', { size: 10 })
      assert.lengthOf(hits, 10)
      assert.include(
        hits.map(({ id }) => id),
        shop.id
      )
    })

    test('returns as many as asked for, and says whether there are more', async ({ assert }) => {
      const shop = await createShop({ name: 'Om Provision' })
      const titles = Array.from({ length: 60 }, (_, index) => `Masala ${letters(index)}`)
      await Product.createMany(titles.map((title) => product(shop, title)))
      for (const size of [1, 7, 20, 21, 50]) {
        const { count, more, hits } = await search('masala', { size })
        assert.lengthOf(hits, size)
        assert.equal(count, size)
        assert.isTrue(more)
        assert.lengthOf(new Set(hits.map(({ id }) => id)), size)
      }
      assert.isFalse((await search('masala aa', { size: 20 })).more)
    })

    test('among equals those in stock come first, then by name, whatever the size', async ({
      assert,
    }) => {
      const shop = await createShop({ name: 'Om Provision' })
      const titles = Array.from({ length: 60 }, (_, index) => `Masala ${letters(index)}`)
      await Product.createMany(
        titles.map((title, index) => product(shop, title, { stock: index < 30 ? 0 : 5 }))
      )
      const expected = [...titles.slice(30), ...titles.slice(0, 30)]
      assert.deepEqual(await names('masala', { size: 50 }), expected.slice(0, 50))
      assert.deepEqual(await names('masala', { size: 3 }), expected.slice(0, 3))
      assert.deepEqual(await names('masala', { size: 50 }), await names('masala', { size: 50 }))
    })

    test('equals of one name keep an order too', async ({ assert }) => {
      for (let index = 0; index < 8; index++) {
        const { id } = await createShop({ name: `Shop ${letters(index)}`, city: letters(index) })
        await createProduct({ shopId: id, name: 'Besan', stock: index % 2 })
      }
      const hits = (await search('besan')).hits as ProductHit[]
      assert.deepEqual(
        hits.map(({ stock }) => stock),
        [1, 1, 1, 1, 0, 0, 0, 0]
      )
      const ids = hits.map(({ id }) => id)
      assert.deepEqual(ids.slice(0, 4), ids.slice(0, 4).sort())
      assert.deepEqual(ids.slice(4), ids.slice(4).sort())
    })

    test('shows a change of a product at once', async ({ assert }) => {
      const besan = await createProduct({ name: 'Besan', nameHi: 'बेसन', stock: 5 })
      await besan.merge({ pricePaise: 9900, stock: 0 }).save()
      const [hit] = (await search('besan')).hits as ProductHit[]
      assert.equal(hit.pricePaise, 9900)
      assert.equal(hit.stock, 0)
      await besan.merge({ name: 'Maida', nameHi: 'मैदा' }).save()
      assert.deepEqual(await names('maida'), ['Maida'])
      assert.deepEqual(await names('मैदा'), ['Maida'])
      assert.isEmpty(await names('besan'))
      assert.isEmpty(await names('बेसन'))
    })

    test('a deleted product disappears, others of its name stay', async ({ assert }) => {
      const [one, other] = [
        await createProduct({ name: 'Besan' }),
        await createProduct({ name: 'Besan' }),
      ]
      await one.delete()
      assert.deepEqual(
        (await search('besan')).hits.map(({ id }) => id),
        [other.id]
      )
    })

    test('a shop that was renamed or has moved is found as it is now', async ({ assert }) => {
      const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
      await createProduct({ shopId: shop.id, name: 'Besan' })
      await shop.merge({ name: 'Verma Bazaar', city: 'Bhopal' }).save()
      assert.deepEqual(await names('verma'), ['Verma Bazaar', 'Besan'])
      assert.isEmpty(await names('gupta'))
      assert.deepEqual(await names('besan verma', { type: 'product' }), ['Besan'])
      assert.deepEqual(await names('besan', { city: 'Bhopal' }), ['Besan'])
      assert.isEmpty(await names('besan', { city: 'Indore' }))
    })

    test('a deleted shop takes its products along', async ({ assert }) => {
      const shop = await createShop({ name: 'Gupta Kirana' })
      await createProduct({ shopId: shop.id, name: 'Besan' })
      await shop.delete()
      assert.isEmpty(await names('gupta'))
      assert.isEmpty(await names('besan'))
    })

    test('a product that is not sold for now is found by nobody', async ({ assert }) => {
      const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
      const besan = await createProduct({ shopId: shop.id, name: 'Besan', category: 'flours' })
      const queries: [string, Partial<SearchQuery>][] = [
        ['besan', {}],
        ['besan', { city: 'Indore' }],
        ['besan', { grouped: true }],
        ['besan', { inStock: true, category: 'flours' }],
        ['besn', {}],
        ['besan gupta', { type: 'product' }],
        ['gupta', { type: 'product' }],
        ['indore', { type: 'product' }],
      ]
      const before = await hitsOf(queries)
      assert.isFalse(before.includes(0))
      await Object.assign(besan, { withdrawn: true }).save()
      const none = queries.map(() => 0)
      assert.deepEqual(await hitsOf(queries), none)
      const clock = new SessionClock(await tested.settle(), null)
      const asked = { prefix: 'bes', city: null, size: 5 }
      assert.isEmpty((await tested.engine.suggest(asked, clock)).products)
      await Object.assign(besan, { withdrawn: false }).save()
      assert.deepEqual(await hitsOf(queries), before)
    })

    test('a closed shop takes its products along, and brings them back', async ({ assert }) => {
      const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
      await createProduct({ shopId: shop.id, name: 'Besan', nameHi: 'बेसन', category: 'flours' })
      const queries: [string, Partial<SearchQuery>][] = [
        ['gupta', {}],
        ['indore', {}],
        ['besan', {}],
        ['besan', { city: 'Indore' }],
        ['besan', { order: 'nearest', near: ['Indore'] }],
        ['besan', { grouped: true }],
        ['besan', { inStock: true, category: 'flours' }],
        ['besn', {}],
        ['बेसन', {}],
        ['besan gupta', {}],
        ['gupta', { type: 'product' }],
        ['gupta', { type: 'product', grouped: true }],
        ['besan indore', { type: 'product' }],
        ['indore', { type: 'product' }],
      ]
      const before = await hitsOf(queries)
      assert.isAbove(Math.min(...before), 0, JSON.stringify(before))
      await closeShop(shop)
      assert.deepEqual(
        await hitsOf(queries),
        queries.map(() => 0)
      )
      await shop.reopen()
      assert.deepEqual(await hitsOf(queries), before)
    })

    test('a closed shop is neither counted nor suggested, beside an open shop', async ({
      assert,
    }) => {
      const open = await createShop({ name: 'Besan Bhandar', city: 'Pune' })
      const shop = await createShop({ name: 'Besan Mart', city: 'Indore' })
      await Product.createMany([
        product(open, 'Besan', { category: 'flours' }),
        product(shop, 'Besan', { category: 'flours' }),
        product(shop, 'Besan Ladoo', { category: 'sweets' }),
      ])
      await closeShop(shop)
      await createProduct({ shopId: shop.id, name: 'Besan Sev', category: 'snacks' })
      const { hits, facets } = await search('besan', { type: 'product', facets: true })
      assert.deepEqual(
        (hits as ProductHit[]).map((hit) => [hit.name, hit.shopId]),
        [['Besan', open.id]]
      )
      assert.deepEqual(facets!.cities, [{ value: 'Pune', count: 1 }])
      assert.deepEqual(facets!.categories, [{ value: 'flours', count: 1 }])
      assert.equal(facets!.inStock, 1)
      const clock = new SessionClock(await tested.settle(), null)
      const suggested = await tested.engine.suggest({ prefix: 'besan', city: null, size: 5 }, clock)
      assert.deepEqual(
        suggested.products.map((one) => one.name),
        ['Besan']
      )
      assert.deepEqual(
        suggested.shops.map(({ id }) => id),
        [open.id]
      )
    })

    test('text that nobody means finds nothing and breaks nothing', async ({ assert }) => {
      const { id } = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
      await createProduct({ shopId: id, name: 'Besan' })
      for (const text of ['', ' ', '.*', '%', '_', '\\', "'", '"', '☃😀', '\0', '()[]{}|&!:*<>']) {
        assert.isEmpty((await search(text)).hits, JSON.stringify(text))
      }
    }).timeout(30_000)

    test('any text and any city can be searched for', async ({ assert }) => {
      const ownerId = (await createOwner()).id
      const texts = oddTexts(120)
      const stored = texts
        .filter((text) => !text.includes('\0'))
        .map(storable)
        .filter(Boolean)
      const shops = await Shop.createMany(
        stored
          .slice(0, 20)
          .map((text) => ({ ownerId, name: text, city: storable(text, 80) || 'Pune' }))
      )
      for (const [index, text] of stored.entries()) {
        const values = product(shops[index % shops.length], clean(`${text.slice(0, 100)} ${index}`))
        await Product.create({ ...values, nameHi: text })
      }
      const position = await tested.settle()
      for (const [index, q] of texts.entries()) {
        const city = index % 3 === 0 ? texts[(index * 7) % texts.length] : null
        const query = searchFor({ q, city, size: 1 + (index % 50) })
        const clock = new SessionClock(position, null)
        const { count, hits } = await tested.engine.search(query, clock)
        assert.equal(count, hits.length)
        assert.isAtMost(count, query.size)
      }
    }).timeout(60_000)
  })
}

/** `aa`, `ab`, …: words of two letters, which sort as they are numbered and are no typing errors. */
function letters(index: number) {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))
}

function product(shop: Shop, name: string, values: Partial<Product> = {}) {
  return { shopId: shop.id, name, unit: '1 kg', pricePaise: 5000, stock: 5, ...values }
}

function whereabouts(hit: { name: string }) {
  return `${hit.name} at ${(hit as ProductHit).shopName}`
}

/** As much of a text as a name can hold. */
function storable(text: string, length = 100) {
  return clean([...text].slice(0, length).join('').toWellFormed())
}
