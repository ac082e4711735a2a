import { test } from '@japa/runner'
import ShopSettings from '#models/shop_settings'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createShop, createUser } from '#tests/helpers/factories'
import { eventually } from '#tests/helpers/eventually'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const FORM = '#place-form'

test.group('The place of a visitor', (group) => {
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    visitor = new Visitor()
  })

  const inHeader = (page = visitor.page!) => page.$('header .place').text().replace(/\s+/g, ' ')

  test('is asked once, remembered, shown in the header, and can be changed', async ({ assert }) => {
    await visitor.visit('/place?back=/shops')
    const back = await visitor.submit(FORM, { pin_code: '४५२ ००१' })
    assert.equal(back.path, '/shops')
    assert.include(inHeader(), '452001')
    await visitor.visit('/search?q=atta')
    assert.include(inHeader(), '452001')
    const again = await visitor.visit('/place')
    assert.equal(again.$('[name=pin_code]').val(), '452001')
    await visitor.submit(FORM, { pin_code: '110001' })
    assert.include(inHeader(), '110001')
    await visitor.visit('/place')
    await visitor.submit('form[action*="DELETE"]')
    assert.notInclude(inHeader(), '110001')
  })

  test('keeps what was typed wrong, and never sends anybody to another site', async ({
    assert,
  }) => {
    await visitor.visit('/place?back=/shops')
    const wrong = await visitor.submit(FORM, { pin_code: '45200' })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.$('[name=pin_code]').val(), '45200')
    assert.equal(wrong.$('[name=back]').val(), '/shops')
    for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', '/nowhere']) {
      const page = await visitor.visit(`/place?back=${encodeURIComponent(evil)}`)
      assert.notInclude(page.$('[name=back]').val(), 'evil')
    }
  })

  test('is found from the position of the browser, kept coarsely', async ({ assert }) => {
    await visitor.visit('/place?back=/shops')
    await visitor.submit(FORM, { pin_code: '', latitude: '23.1667', longitude: '79.9333' })
    assert.match(inHeader(), /482\d{3}/)
    await visitor.visit('/place')
    const abroad = await visitor.submit(FORM, { pin_code: '', latitude: '51.5', longitude: '0' })
    assert.equal(abroad.status, 422)
    assert.include(abroad.$('#pin_code-error').text(), 'Enter the PIN code')
    for (const half of ['pin_code', 'latitude', 'longitude']) {
      await visitor.visit('/place')
      const nothing = await visitor.submit(FORM, {
        pin_code: '',
        [half]: half === 'pin_code' ? '' : '23.1',
      })
      assert.equal(nothing.status, 422)
    }
  })

  test('is the PIN code of the address of a person who never said another', async ({ assert }) => {
    visitor = await loggedIn(await createUser({ address: '4 Napier Town, Jabalpur 482001' }))
    await visitor.visit('/shops')
    assert.include(inHeader(), '482001')
  })

  test('does not read a cookie that is not ours', async ({ assert }) => {
    const page = await fetch(`http://127.0.0.1:${process.env.PORT}/shops`, {
      headers: { cookie: 'pin=452001' },
    })
    assert.equal(page.status, 200)
    assert.notInclude(await page.text(), '452001')
  })
})

test.group('Shops around a place', (group) => {
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    visitor = new Visitor()
    await visitor.visit('/place?back=/shops')
    await visitor.submit(FORM, { pin_code: '452001' })
  })

  const shopWith = async (name: string, pinCode: string, values: Partial<ShopSettings> = {}) => {
    const shop = await createShop({ name, pinCode })
    await ShopSettings.create({ shopId: shop.id, ...values })
  }
  const names = async (path: string, kind: string) => {
    const { $ } = await visitor.visit(path)
    return $(`[aria-labelledby=near-${kind}] h3`)
      .get()
      .map((heading) => $(heading).text().trim())
  }

  test('come first when they deliver there, nearest first, then those to pick up from', async ({
    assert,
  }) => {
    await shopWith('Within', '452010')
    await shopWith('Next door', '452001', { deliveryArea: 'pins', deliveryPins: ['452001'] })
    await shopWith('Elsewhere only', '452016', { deliveryArea: 'pins', deliveryPins: ['453111'] })
    await shopWith('Far away', '110001')
    await announced()
    for (const path of ['/shops', '/']) {
      await eventually(async () => {
        assert.deepEqual(await names(path, 'deliver'), ['Next door', 'Within'], path)
      })
      assert.deepEqual(await names(path, 'pickup'), ['Elsewhere only'], path)
    }
  })

  test('follow what an owner changes, and are not shown to those elsewhere', async ({ assert }) => {
    await shopWith('Indore Kirana', '452010')
    await eventually(async () => {
      assert.deepEqual(await names('/shops', 'deliver'), ['Indore Kirana'])
    })
    await ShopSettings.query().update({ delivery_area: 'prefix', delivery_prefix: '4530' })
    await eventually(async () => {
      assert.deepEqual(await names('/shops', 'pickup'), ['Indore Kirana'])
    })
    const { $ } = await new Visitor().visit('/shops')
    assert.lengthOf($('[aria-labelledby^=near-]'), 0)
  })
})
