import { test } from '@japa/runner'
import type Bill from '#models/bill'
import type User from '#models/user'
import type Product from '#models/product'
import { billed, stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, PASSWORD } from '#tests/helpers/factories'
import { seriousFindings } from '#tests/helpers/accessibility'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`

test.group('Accessibility', (group) => {
  let owner: User
  let product: Product
  let bill: Bill

  group.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({
      shopId: shop.id,
      name: 'Besan',
      brand: 'Rajdhani',
      mrpPaise: 60_00,
      country: 'IN',
      diet: 'non_veg',
    })
    await createProduct({ shopId: shop.id, name: 'Poha', stock: 0 })
    await stateTaxScheme(shop.id, 'regular', { fssaiNumber: '10012022000234' })
    bill = await billed(owner, { product })
  })

  for (const [colorScheme, locale] of [
    ['light', 'en-IN'],
    ['dark', 'hi-IN'],
  ] as const) {
    test(`axe finds nothing serious on any page (${colorScheme}, ${locale})`, async ({
      assert,
      browser,
    }) => {
      const viewport = { width: 360, height: 740 }
      const context = await browser.newContext({ colorScheme, locale, viewport, bypassCSP: true })
      const page = await context.newPage()
      const shop = product.shopId
      const check = async (path: string) => {
        await page.goto(ORIGIN + path)
        assert.deepEqual(await seriousFindings(page), [], path)
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        assert.isAtMost(width, 360, `${path} is wider than the screen`)
      }

      for (const path of [
        '/',
        '/shops',
        '/shops?city=Nowhere',
        `/shops/${shop}`,
        `/shops/${shop}/products/${product.id}`,
        '/search?q=besan',
        '/search?q=nothing-like-it',
        '/cart',
        '/login',
        '/register/customer',
        '/register/shopowner',
        '/nowhere',
      ]) {
        await check(path)
      }

      await page.goto(`${ORIGIN}/shops/${shop}`)
      await page.locator('form[action*="/cart/items"] button:enabled').first().click()
      await page.locator('#cart-badge', { hasText: '1' }).waitFor()
      await check('/cart')

      await page.goto(`${ORIGIN}/login`)
      await page.locator('form[action*="/login"] button').click()
      await page.fill('[name=username]', owner.username)
      await page.fill('[name=password]', PASSWORD)
      await page.locator('form[action*="/login"] button').click()
      await page.waitForURL('**/owner/shops')
      for (const path of [
        '/account',
        '/account/password',
        '/account/addresses',
        '/account/addresses/create',
        '/owner/shops',
        '/owner/shops/create',
        `/owner/shops/${shop}`,
        `/owner/shops/${shop}/edit`,
        `/owner/shops/${shop}/prices`,
        `/owner/shops/${shop}/sales`,
        `/owner/shops/${shop}/price-changes/create`,
        `/owner/shops/${shop}/price-message`,
        `/owner/shops/${shop}/gst-returns`,
        `/owner/orders/${bill.orderId}/bill`,
        `/owner/shops/${shop}/settings`,
        `/owner/shops/${shop}/to-do`,
        `/owner/shops/${shop}/to-do?missing=country`,
        `/owner/shops/${shop}/products/create`,
        `/owner/shops/${shop}/products/${product.id}/edit`,
      ]) {
        await check(path)
      }
      await context.close()
    })
  }
})
