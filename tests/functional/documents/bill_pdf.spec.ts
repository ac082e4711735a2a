import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { billPaper } from '#documents/bill_paper'
import type Bill from '#models/bill'
import type Shop from '#models/shop'
import type User from '#models/user'
import { billOf, orderOf, stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { moveTo } from '#tests/helpers/orders'
import { fontsOf, textOf } from '#tests/helpers/pdf'

test.group('The PDF of a bill', (group) => {
  let owner: User
  let customer: User
  let shop: Shop

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ fullName: 'श्रीमती कृष्णा त्रिपाठी' })
    shop = await createShop({ ownerId: owner.id, name: 'गुप्ता किराना' })
  })

  async function deliver(count: number, names: { name: string; nameHi: string | null }) {
    await stateTaxScheme(shop.id, 'regular', { deliveryFeePaise: 3_005 })
    const made = Array.from({ length: count }, async (_, index) => ({
      quantity: 1 + (index % 3),
      product: await createProduct({
        ...{ shopId: shop.id, name: `${names.name} ${index}`, stock: 100, unit: '500 g' },
        nameHi: names.nameHi && `${names.nameHi} ${index}`,
        pricePaise: 10_001 + 1_234 * index,
        ...{ hsnCode: '07136000', gstBasisPoints: [0, 500, 1800, null][index % 4] },
      }),
    }))
    const basket = { lines: await Promise.all(made), deliveryFeePaise: 3_005 }
    return billOf(await moveTo(await orderOf(customer, basket), 'delivered', owner))
  }

  const read = async ({ orderId }: Bill, lang: string) => {
    const visitor = await loggedIn(customer)
    const response = await visitor.send('GET', `/orders/${orderId}/bill.pdf?lang=${lang}`)
    return { response, pdf: new Uint8Array(await response.arrayBuffer()) }
  }

  for (const lang of ['en', 'hi']) {
    test(`says all that the page says, to the paisa: ${lang}`, async ({ assert }) => {
      const bill = await deliver(6, { name: 'Toor dal', nameHi: 'तूर (अरहर) दाल, द्वितीय श्रेणी' })
      const { pdf } = await read(bill, lang)
      const said = (await textOf(pdf)).replace(/\s+/g, ' ')
      const {
        title,
        notes,
        about,
        shop: of,
        customer: to,
        lines,
        sums,
        total,
        taxes,
      } = billPaper(bill, i18nManager.locale(lang))
      const texts = [
        ...[title, ...notes, ...[...about, ...of, ...to, ...sums, total].flat()],
        ...lines.flatMap(({ name, details, quantity, price, amount }) => {
          return [name, ...details, quantity, price, amount]
        }),
        ...taxes!.rows.map((row) => row.join(' ')),
        ...taxes!.sum,
      ]
      for (const text of texts) assert.include(said, text)
      assert.include(said, '₹')
    })
  }

  test('has its own fonts, only the letters that it needs, and little weight', async ({
    assert,
  }) => {
    const bill = await deliver(6, { name: 'Toor dal', nameHi: 'तूर दाल' })
    const { pdf } = await read(bill, 'hi')
    const fonts = (await fontsOf(pdf)).trim().split('\n').slice(2)
    assert.lengthOf(fonts, 2)
    for (const font of fonts) assert.match(font, /NotoSansDevanagari-\w+ .* yes yes yes/)
    assert.isBelow(pdf.length, 40_000)
  })

  test('comes with a safe name, and to its people only', async ({ assert }) => {
    const bill = await deliver(1, { name: 'Toor dal', nameHi: null })
    const { response } = await read(bill, 'en')
    assert.equal(response.headers.get('content-type'), 'application/pdf')
    const name = `bill-${bill.number.replace('/', '-')}.pdf`
    assert.equal(response.headers.get('content-disposition'), `attachment; filename="${name}"`)
    const stranger = await loggedIn(await createUser())
    assert.equal((await stranger.visit(`/orders/${bill.orderId}/bill.pdf`)).status, 404)
  })

  test('goes over several pages, with nothing lost', async ({ assert }) => {
    const bill = await deliver(60, { name: 'V'.repeat(100), nameHi: null })
    const { pdf } = await read(bill, 'en')
    const said = await textOf(pdf)
    const pages = said.split('\f').length - 1
    assert.isAbove(pages, 2)
    for (let page = 1; page <= pages; page++) assert.include(said, `Page ${page} of ${pages}`)
    const { lines } = billPaper(bill, i18nManager.locale('en'))
    assert.lengthOf(said.match(/× 500 g/g) ?? [], lines.length)
    for (const { amount } of lines) assert.include(said, amount)
  })
})
