import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const GSTIN = '27AAPFU0939F1ZV'
const FSSAI = '10012022000234'

test.group('Licences and bills of a shop', (group) => {
  let shop: Shop
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
  })

  const save = async (values: Record<string, string>) => {
    await visitor.visit(`/owner/shops/${shop.id}/settings`)
    return visitor.submit('#settings-form', values)
  }

  test('are not assumed', async ({ assert }) => {
    assert.equal((await save({})).path, `/owner/shops/${shop.id}`)
    const { taxScheme, fssaiNumber, gstin, packingTolerancePercent } = await ShopSettings.of(
      shop.id
    )
    assert.deepEqual([taxScheme, fssaiNumber, gstin], [null, null, null])
    assert.equal(packingTolerancePercent, 10)
  })

  test('are read as people type them, and can be taken back', async ({ assert }) => {
    await save({
      packing_tolerance: '५',
      fssai_number: '1 00 12 022 000234',
      tax_scheme: 'regular',
      gstin: ' 27 aapfu0939f 1zv',
      legal_name: 'Gupta  Traders',
      legal_address: '12 MG Road, Indore 452001',
    })
    const { identity, taxScheme, packingTolerancePercent } = await ShopSettings.of(shop.id)
    assert.deepEqual(identity, {
      fssaiNumber: FSSAI,
      gstin: GSTIN,
      legalName: 'Gupta Traders',
      legalAddress: '12 MG Road, Indore 452001',
    })
    assert.equal(taxScheme, 'regular')
    assert.equal(packingTolerancePercent, 5)
    const nothing = { tax_scheme: '', gstin: '', fssai_number: '' }
    await save({ ...nothing, legal_name: '', legal_address: '' })
    const after = await ShopSettings.of(shop.id)
    assert.isNull(after.taxScheme)
    assert.deepEqual(Object.values(after.identity), [null, null, null, null])
  })

  test('are refused at the field, with what was typed', async ({ assert }) => {
    const wrong = {
      packing_tolerance: ['51', '-1', '5.5', 'little'],
      fssai_number: ['1001202200023', '30012022000234'],
      gstin: ['27AAPFU0939F1ZW', '27AAPFU0939F1Z', 'none'],
      tax_scheme: ['exempt'],
    }
    for (const [field, texts] of Object.entries(wrong)) {
      for (const text of texts) {
        const page = await save({ [field]: text })
        assert.equal(page.status, 422, text)
        assert.isNotEmpty(page.$(`#${field}-error`).text(), text)
        if (field !== 'tax_scheme') assert.equal(page.$(`[name=${field}]`).val(), text)
      }
    }
  })

  test('have a GSTIN in the composition and the regular scheme', async ({ assert }) => {
    for (const scheme of ['composition', 'regular']) {
      const page = await save({ tax_scheme: scheme })
      assert.equal(page.status, 422)
      assert.include(page.$('#gstin-error').text(), 'Enter your GSTIN')
      assert.equal(page.$('[name=tax_scheme]').val(), scheme)
    }
    await save({ tax_scheme: 'composition', gstin: GSTIN })
    assert.equal((await save({ gstin: '' })).status, 422)
    await save({ tax_scheme: 'unregistered', gstin: '' })
    assert.equal((await ShopSettings.of(shop.id)).taxScheme, 'unregistered')
    await assert.rejects(
      () => db.from('shop_settings').update({ tax_scheme: 'regular' }),
      /shop_settings_registered_with_gstin/
    )
  })

  test('are in a field that is asked for', async ({ assert }) => {
    for (const field of ['fssai_number', 'tax_scheme', 'legal_address']) {
      const page = await visitor.visit(`/owner/shops/${shop.id}/settings?field=${field}`)
      assert.equal(page.$('#settings-form [autofocus]').attr('name'), field)
    }
    const page = await visitor.visit(`/owner/shops/${shop.id}/settings?field=nonsense`)
    assert.lengthOf(page.$('#settings-form [autofocus]'), 0)
  })
})

test.group('Phone and address of a shop', (group) => {
  let shop: Shop
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
  })

  const save = async (values: Record<string, string>) => {
    await visitor.visit(`/owner/shops/${shop.id}/settings`)
    return visitor.submit('#settings-form', values)
  }

  test('are read as people type them, and can be taken back', async ({ assert }) => {
    await save({ phone: '+91 ९८७६५ 43210', address: ' 12  MG Road ' })
    const { phone, address } = await ShopSettings.of(shop.id)
    assert.deepEqual([phone, address], ['9876543210', '12 MG Road'])
    await save({ phone: '', address: '' })
    const after = await ShopSettings.of(shop.id)
    assert.deepEqual([after.phone, after.address], [null, null])
  })

  test('are refused at the field, with what was typed', async ({ assert }) => {
    for (const phone of ['12345', '5876543210', 'none']) {
      const page = await save({ phone })
      assert.equal(page.status, 422)
      assert.include(page.$('#phone-error').text(), '10-digit mobile number')
      assert.equal(page.$('[name=phone]').val(), phone)
    }
    await assert.rejects(
      () => db.table('shop_settings').insert({ shop_id: shop.id, phone: '12345' }),
      /shop_settings_phone_form/
    )
  })
})
