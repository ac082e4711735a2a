import { test } from '@japa/runner'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { viewport: { width: 360, height: 740 }, bypassCSP: true }

test.group('Prices for WhatsApp', (group) => {
  group.each.setup(() => emptyDatabase())

  const shopWithPrices = async () => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    await createProduct({ shopId: shop.id, name: 'Atta', pricePaise: 42_00, unit: '1 kg' })
    return { owner, path: `${ORIGIN}/owner/shops/${shop.id}/prices` }
  }

  test('are copied with one tap, and handed to the sheet of the phone with another', async ({
    assert,
    browser,
  }) => {
    const { owner, path } = await shopWithPrices()
    const page = await openPage(browser, {
      ...PHONE,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await page.addInitScript(`
      navigator.share = async ({ text }) => document.documentElement.setAttribute('data-sent', text)
    `)
    await logIn(page, owner)
    await page.goto(path)
    await page.getByRole('link', { name: 'Send by WhatsApp' }).click()
    const text = await page.locator('textarea').inputValue()
    assert.include(text, 'Atta, 1 kg: ₹42')
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), text)
    await page.getByRole('button', { name: 'Share' }).click()
    assert.equal(await page.evaluate('document.documentElement.dataset.sent'), text)
    assert.deepEqual(await seriousFindings(page), [])
    assert.isAtMost(Number(await page.evaluate('document.documentElement.scrollWidth')), 360)
    await page.context().close()
  })

  test('are shown without JavaScript, with no button that would do nothing', async ({
    assert,
    browser,
  }) => {
    const { owner, path } = await shopWithPrices()
    const page = await openPage(browser, { ...PHONE, javaScriptEnabled: false })
    await logIn(page, owner)
    await page.goto(path.replace('prices', 'price-message'))
    assert.include(await page.locator('textarea').inputValue(), 'Atta, 1 kg: ₹42')
    assert.isTrue(await page.getByRole('link', { name: 'Open WhatsApp' }).isVisible())
    assert.equal(await page.locator('.message button:visible').count(), 0)
    await page.context().close()
  })
})
