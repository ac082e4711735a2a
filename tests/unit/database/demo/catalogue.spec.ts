import { test } from '@japa/runner'
import { readUnit } from '#measures/read_unit'
import { CATEGORIES } from '#models/category'
import {
  CATALOGUE_SIZE,
  PACK_VARIANTS,
  PRODUCTS,
  SIZE_VARIANTS,
  roundPrice,
} from '#database/demo/catalogue'

const EVERYTHING = [...PRODUCTS, ...SIZE_VARIANTS, ...PACK_VARIANTS]
const ASKED_FOR = `atta, besan, maida, suji, poha, chawal, basmati, toor dal, moong dal, chana dal,
  rajma, jeera, haldi powder, hing, ghee, dahi, paneer, doodh, gud, chini, namak, aloo, pyaz, tamatar,
  kela, chai, agarbatti, achar, badam, kaju, honey, soap, parle-g, maggi, amul butter, tata salt,
  aashirvaad, surf excel, haldiram`.split(/,\s+/)

test.group('Demo catalogue', () => {
  test('has 400 products or more, and 15 or more in each of the 20 categories', ({ assert }) => {
    assert.isAtLeast(PRODUCTS.length, 400)
    assert.lengthOf(CATEGORIES, 20)
    for (const category of CATEGORIES) {
      const inside = PRODUCTS.filter((product) => product.category === category)
      assert.isAtLeast(inside.length, 15, category)
    }
    assert.sameMembers([...new Set(PRODUCTS.map(({ category }) => category))], [...CATEGORIES])
  })

  test('never gives two products one name, sizes and packs included', ({ assert }) => {
    assert.lengthOf(EVERYTHING, CATALOGUE_SIZE)
    assert.equal(new Set(EVERYTHING.map(({ name }) => name.toLowerCase())).size, CATALOGUE_SIZE)
    assert.isAtLeast(CATALOGUE_SIZE, 5000)
  })

  test('writes every Hindi name in Devanagari', ({ assert }) => {
    const strays = PRODUCTS.filter(
      ({ nameHi }) => !/^[\p{Script=Devanagari}\d\s()-]+$/u.test(nameHi) || !/\p{L}/u.test(nameHi)
    )
    assert.deepEqual(strays, [])
    assert.equal(PRODUCTS.find(({ name }) => name === 'Atta')?.nameHi, 'आटा')
  })

  test('names the brand of what has one, in the words that a facet shows', ({ assert }) => {
    const brands = PRODUCTS.flatMap(({ brand }) => brand ?? [])
    assert.isAtLeast(brands.length, 300)
    for (const brand of brands) assert.isTrue(brand.length <= 60 && brand === brand.trim(), brand)
    assert.equal(new Set(brands.map((brand) => brand.toLowerCase())).size, new Set(brands).size)
    assert.equal(PRODUCTS.find(({ name }) => name === 'Amul Butter')?.brand, 'Amul')
    assert.isUndefined(PRODUCTS.find(({ name }) => name === 'Atta')?.brand)
  })

  test('fits the columns of the products table', ({ assert }) => {
    for (const { name, nameHi, unit, pricePaise } of EVERYTHING) {
      assert.isTrue(name.length > 0 && name.length <= 120 && name === name.trim(), name)
      assert.isTrue(nameHi.length > 0 && nameHi.length <= 120 && nameHi === nameHi.trim(), nameHi)
      assert.isTrue(unit.length > 0 && unit.length <= 40, unit)
      assert.isTrue(Number.isInteger(pricePaise) && pricePaise % 50 === 0, `${name} ${pricePaise}`)
      assert.notMatch(name + nameHi + unit, /[\p{Cc}\\]/u)
    }
  })

  test('asks prices that a kirana would ask', ({ assert }) => {
    for (const { name, pricePaise } of PRODUCTS) {
      assert.isTrue(pricePaise >= 500 && pricePaise <= 100_000, `${name} ${pricePaise}`)
    }
  })

  test('says in every unit how much of what', ({ assert }) => {
    for (const { unit } of PRODUCTS) assert.match(unit, /^[1-9]\d* [a-z]+$/)
  })

  test('has units that are understood', ({ assert }) => {
    const strays = PRODUCTS.filter(({ unit }) => !readUnit(unit)).map(({ unit }) => unit)
    assert.deepEqual(strays, ['10 boxes'])
  })

  test('is taxed as since September 2025, loose staples less than packs', ({ assert }) => {
    const rateOf = (name: string) => EVERYTHING.find((item) => item.name === name)!.gst
    for (const { name, gst, hsnCode } of EVERYTHING) {
      assert.isTrue(gst === undefined || [0, 5, 18, 40].includes(gst), name)
      if (hsnCode) assert.match(hsnCode, /^\d{4}$/, name)
    }
    assert.deepEqual(
      ['Toor Dal', 'Toor Dal 2 kg pack', 'Amul Butter', 'Surf Excel Easy Wash', 'Pepsi'].map(
        rateOf
      ),
      [0, 5, 5, 18, 40]
    )
  })

  test('marks food only, and eggs as not vegetarian', ({ assert }) => {
    for (const { name, category, diet } of PRODUCTS) {
      if (category === 'cleaning' || category === 'personal-care') assert.isUndefined(diet, name)
      if (category === 'dals' || category === 'snacks') assert.equal(diet, 'veg', name)
    }
    assert.equal(PRODUCTS.find(({ name }) => name === 'Eggs (Ande)')?.diet, 'non_veg')
  })

  test('names the maker of most brands', ({ assert }) => {
    const made = PRODUCTS.filter(({ maker, makerAddress }) => maker && makerAddress)
    assert.isAtLeast(made.length / PRODUCTS.filter(({ brand }) => brand).length, 0.9)
  })

  test('makes a larger size dearer, and less so by weight', ({ assert }) => {
    const besan = PRODUCTS.find(({ name }) => name === 'Besan')!
    const kilo = SIZE_VARIANTS.find(({ name }) => name === 'Besan 1 kg pack')!
    assert.equal(kilo.unit, '1 kg')
    assert.equal(kilo.nameHi, 'बेसन 1 किलो पैक')
    assert.isAbove(kilo.pricePaise, besan.pricePaise)
    assert.isBelow(kilo.pricePaise, besan.pricePaise * 2)
  })

  test('has what people ask for', ({ assert }) => {
    const names = PRODUCTS.map(({ name }) => name.toLowerCase())
    const missing = ASKED_FOR.filter((words) => !names.some((name) => name.includes(words)))
    assert.deepEqual(missing, [])
  })

  test('rounds a price of {0} paise to {1}')
    .with([
      [1, 50],
      [524, 500],
      [1999, 2000],
      [2049, 2000],
      [14_550, 14_600],
    ])
    .run(({ assert }, [exact, rounded]) => assert.equal(roundPrice(exact), rounded))
})
