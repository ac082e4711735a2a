import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Product from '#models/product'
import { addElsewhere, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { width: 360, height: 740 }

/** Whether the message covers anything that can be pressed. */
const COVERS = `
  (() => {
    const message = document.querySelector('.toast').getBoundingClientRect()
    return [...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]
      .filter((control) => !control.closest('.toast'))
      .map((control) => control.getBoundingClientRect())
      .some((rect) => rect.height && rect.top < message.bottom && rect.bottom > message.top &&
        rect.left < message.right && rect.right > message.left)
  })()
`

test.group('The place in the cart and in lists', (group) => {
  let products: Product[]

  group.each.setup(async () => {
    await emptyDatabase()
    const shop = await createShop()
    products = []
    for (const name of ['Atta', 'Besan', 'Chana', 'Dal']) {
      products.push(await createProduct({ shopId: shop.id, name, nameHi: null, brand: 'Rajdhani' }))
    }
  })

  async function fill(page: Page) {
    for (const product of products) {
      await page.goto(`${ORIGIN}/shops/${product.shopId}`)
      await page.locator(`#add-${product.id}`).click()
      await page.locator(`#buy-${product.id} .in-cart`).waitFor()
    }
    await page.goto(`${ORIGIN}/cart`)
  }

  const remove = (page: Page, { id }: Product) => page.locator(`#line-${id} .link`).click()

  const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`a removed line leaves the focus to the next one, ${how}`, async ({ assert, browser }) => {
      const page = await openPage(browser, { javaScriptEnabled, viewport: PHONE })
      await fill(page)
      for (const [gone, next] of [
        [0, 1],
        [1, 2],
        [3, 2],
      ]) {
        await remove(page, products[gone])
        await page.locator(`#line-${products[gone].id}`).waitFor({ state: 'detached' })
        if (javaScriptEnabled) {
          assert.equal(await focused(page), `line-${products[next].id}`)
        } else {
          assert.equal(new URL(page.url()).hash, `#line-${products[next].id}`)
        }
      }
      await page.context().close()
    })
  }

  test('without JavaScript, adding comes back to the same list and product', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, { javaScriptEnabled: false, viewport: PHONE })
    const list = `${ORIGIN}/search?q=dal&type=product`
    await page.goto(list)
    const { id } = products[3]
    await page.locator(`#add-${id}`).click()
    await page.locator(`#buy-${id} .in-cart`).waitFor()
    assert.equal(page.url(), `${list}#buy-${id}`)
    await page.context().close()
  })

  test('a message covers nothing that can be pressed', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: PHONE })
    await page.goto(`${ORIGIN}/shops/${products[0].shopId}`)
    for (const { id } of products) {
      await addElsewhere(page, id)
      await page.locator(`#add-${id}`).click()
      await page.locator(`#buy-${id} .in-cart`).waitFor()
      await page.locator('.toast .close').waitFor()
      assert.isFalse(await page.evaluate(COVERS))
    }
    await page.context().close()
  })

  test('a message is closed by a tap and by a key', async ({ browser }) => {
    const page = await openPage(browser, { viewport: PHONE, hasTouch: true })
    await page.goto(`${ORIGIN}/shops/${products[0].shopId}`)
    const { id } = products[0]
    const add = page.locator(`#add-${id}`)
    await addElsewhere(page, id)
    await add.click()
    await page.locator('.toast .close').tap()
    await page.locator('.toast').waitFor({ state: 'detached' })
    await addElsewhere(page, id)
    await add.click()
    await page.locator('.toast .close').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.toast').waitFor({ state: 'detached' })
    await page.context().close()
  })

  test("a message speaks the page's language, even if another was chosen since", async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await page.goto(`${ORIGIN}/shops/${products[0].shopId}`)
    const other = await page.context().newPage()
    await other.goto(`${ORIGIN}/shops`)
    await other.locator('header button[lang=hi]').click()
    await other.locator('html[lang=hi]').waitFor()
    await addElsewhere(page, products[0].id)
    await page.locator(`#add-${products[0].id}`).click()
    assert.include(await page.locator('.toast').innerText(), 'Atta is in your cart already')
    await page.context().close()
  })
})
