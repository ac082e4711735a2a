import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Bill from '#models/bill'
import type Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { findings, lostText } from '#tests/helpers/accessibility'
import { billed, stateTaxScheme } from '#tests/helpers/bills'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const PHONE = { width: 360, height: 740 }

let owner: User
let customer: User
let product: Product
let bill: Bill
let order: Order

async function market() {
  await emptyDatabase()
  owner = await createOwner({ username: 'ramesh' })
  customer = await createUser({ username: 'asha' })
  const shop = await createShop({ ownerId: owner.id, pinCode: '452001' })
  product = await createProduct({
    shopId: shop.id,
    name: 'Besan',
    brand: 'Rajdhani',
    category: 'flours',
    mrpPaise: 60_00,
    country: 'IN',
    diet: 'non_veg',
  })
  await createProduct({ shopId: shop.id, name: 'Poha', stock: 0 })
  await stateTaxScheme(shop.id, 'regular', { fssaiNumber: '10012022000234' })
  bill = await billed(owner, { product })
  order = await createOrder({ product, customer })
}

const guestPages = () => [
  '/',
  '/place',
  '/shops',
  '/shops?city=Nowhere',
  `/shops/${product.shopId}`,
  `/shops/${product.shopId}/products/${product.id}`,
  '/search?q=besan&pin=452001',
  '/search?category=flours',
  '/search?q=nothing-like-it',
  '/cart',
  '/login',
  '/register/customer',
  '/register/shopowner',
  '/nowhere',
]

const customerPages = () => [
  '/',
  '/cart',
  `/shops/${product.shopId}`,
  `/shops/${product.shopId}/checkout`,
  '/orders',
  `/orders/${order.id}`,
  '/khatas',
  '/account',
  '/account/password',
  '/account/addresses',
  '/account/addresses/create',
]

const ownerPages = () => {
  const shop = `/owner/shops/${product.shopId}`
  return [
    ...['/owner/orders', `/owner/orders/${order.id}`, `/owner/orders/${bill.orderId}/bill`],
    ...['/owner/shops', '/owner/shops/create', shop],
    ...['edit', 'prices', 'counter', 'dues', 'sales', 'hours', 'gst-returns', 'settings'].map(
      (page) => `${shop}/${page}`
    ),
    ...['price-changes/create', 'price-message'].map((page) => `${shop}/${page}`),
    ...['to-do', 'to-do?missing=country', 'products/create'].map((page) => `${shop}/${page}`),
    `${shop}/products/${product.id}/edit`,
  ]
}

async function addToCart(page: Page) {
  await page.goto(`${ORIGIN}/shops/${product.shopId}`)
  await page.locator('form[action*="/cart/items"] button:enabled').first().click()
  await page.locator('#cart-badge', { hasText: '1' }).waitFor()
}

/** What is wrong with a page: in both colour schemes, and with text of twice the size. */
async function faultsOf(page: Page, path: string) {
  await page.goto(ORIGIN + path)
  const faults: string[] = []
  const tooWide = async (how: string) => {
    const width = await page.evaluate<number>('document.documentElement.scrollWidth')
    if (width > PHONE.width) faults.push(`${path} ${how} is ${width} wide`)
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const finding of await findings(page)) faults.push(`${path} ${colorScheme}: ${finding}`)
  }
  await tooWide('as it is')
  await page.addStyleTag({ content: 'html { font-size: 200% }' })
  await tooWide('at 200 %')
  for (const lost of await lostText(page)) faults.push(`${path} at 200 %: ${lost}`)
  return faults
}

/**
 * What a page lacks without JavaScript and with forced colours: forms with fields and no button, and buttons and
 * fields that only their colour shows.
 */
async function lacksOf(page: Page, path: string) {
  await page.goto(ORIGIN + path)
  const lacks = await page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as any
    const isShown = (element: any) => element.getClientRects().length > 0
    const named = (element: any) => element.outerHTML.slice(0, 100)
    /* Ticking a box may show what can be done with it. */
    const mute = [...document.querySelectorAll('form')].filter((form) => {
      const shown = [...form.elements].filter(isShown)
      const box = shown.find(({ type }) => type === 'checkbox')
      box?.click()
      const sends = [...form.elements].some((one) => one.type === 'submit' && isShown(one))
      box?.click()
      return shown.length > 0 && !sends
    })
    const flat = [...document.querySelectorAll('main :is(.button, .step, .chip, select, textarea)')]
      .filter(isShown)
      .filter((element) => getComputedStyle(element).borderStyle === 'none')
    return [...mute, ...flat].map(named)
  })
  return lacks.map((lack) => `${path}: ${lack}`)
}

const visits = () =>
  [
    [null, guestPages()],
    [customer, customerPages()],
    [owner, ownerPages()],
  ] as const

test.group('Accessibility', (group) => {
  group.setup(market)

  for (const locale of ['en-IN', 'hi-IN']) {
    test(`axe finds nothing, and large text fits a phone (${locale})`, async ({
      assert,
      browser,
    }) => {
      const faults: string[] = []
      for (const [person, pages] of visits()) {
        const page = await openPage(browser, { locale, viewport: PHONE, bypassCSP: true })
        if (person) await logIn(page, person)
        if (person === customer) await addToCart(page)
        for (const path of pages) faults.push(...(await faultsOf(page, path)))
        await page.context().close()
      }
      assert.deepEqual(faults, [])
    }).timeout(180_000)
  }

  test('every page works without JavaScript, and without its colours', async ({
    assert,
    browser,
  }) => {
    const lacks: string[] = []
    for (const [person, pages] of visits()) {
      const page = await openPage(browser, { javaScriptEnabled: false, viewport: PHONE })
      await page.emulateMedia({ forcedColors: 'active' })
      if (person) await logIn(page, person)
      for (const path of pages) lacks.push(...(await lacksOf(page, path)))
      await page.context().close()
    }
    assert.deepEqual(lacks, [])
  }).timeout(120_000)
})
