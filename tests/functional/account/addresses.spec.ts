import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Address from '#models/address'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const FORM = '#address-form'
const HOME = { line: '12 MG Road', pinCode: '452001', mobile: '9876543210' }

test.group('My addresses', (group) => {
  let user: User
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ address: '12 MG Road, Indore 452001' })
    visitor = await loggedIn(user)
  })

  const lines = async () => (await Address.of(user)).map(({ line }) => line)
  const defaultLine = async () => (await Address.defaultOf(user))?.line

  test('are reached from the account, and begin with the one given there', async ({ assert }) => {
    const account = await visitor.visit('/account')
    assert.equal(account.$('main a[href="/account/addresses"]').text().trim(), 'My addresses')
    assert.include((await visitor.visit('/account/addresses')).text, 'no saved addresses')
    const { $ } = await visitor.visit('/account/addresses/create')
    assert.equal($('[name=address]').val(), '12 MG Road, Indore')
    assert.equal($('[name=pin_code]').val(), '452001')
    assert.equal($('[name=mobile]').val(), user.mobile)
    await visitor.submit(FORM)
    assert.equal((await visitor.visit('/account/addresses/create')).$('[name=address]').val(), '')
  })

  test('keep what was typed, cleaned; the first is the default', async ({ assert }) => {
    await visitor.visit('/account/addresses/create')
    const page = await visitor.submit(FORM, {
      label: ' Shop ',
      address: '4  Station Road',
      landmark: 'behind the temple',
      city: 'Ujjain',
      pin_code: '४५६ ००१',
      mobile: '+91 91234 56780',
    })
    assert.equal(page.path, '/account/addresses')
    assert.include(page.$('#status').text(), 'saved')
    const address = await Address.firstOrFail()
    assert.equal(address.text, '4 Station Road, behind the temple, Ujjain 456001')
    assert.deepEqual([address.label, address.mobile], ['Shop', '9123456780'])
    assert.isTrue(address.isDefault)
    assert.include(page.text, '4 Station Road, behind the temple, Ujjain 456001')
  })

  for (const [field, typed] of [
    ['address', ''],
    ['address', 'a'.repeat(151)],
    ['landmark', 'Indore\u0000'],
    ['label', 'a'.repeat(41)],
    ['pin_code', ''],
    ['pin_code', '052001'],
    ['mobile', '12345'],
  ]) {
    const name = JSON.stringify(typed.slice(0, 12))
    test(`answer ${field} ${name} at the field, and keep what was typed`, async ({ assert }) => {
      await visitor.visit('/account/addresses/create')
      const page = await visitor.submit(FORM, { city: 'Dewas', [field]: typed })
      assert.equal(page.status, 422)
      assert.isNotEmpty(page.$(`#${field}-error`).text())
      assert.equal(page.$('[name=city]').val(), 'Dewas')
      assert.lengthOf(await lines(), 0)
      const { action, fields } = visitor.form(FORM)
      fields.set(field, typed)
      const fragment = await visitor.fragment('POST', action, fields)
      assert.equal(fragment.status, 422)
      assert.notInclude(fragment.html, '<html')
    })
  }

  test('are saved once, however often the form is sent', async ({ assert }) => {
    await visitor.visit('/account/addresses/create')
    const { action, fields } = visitor.form(FORM)
    const sent = Array.from({ length: 3 }, () => visitor.request('POST', action, fields))
    for (const page of await Promise.all(sent)) assert.equal(page.path, '/account/addresses')
    assert.lengthOf(await lines(), 1)
  })

  test('are changed, but not those parts that another tab has changed', async ({ assert }) => {
    const address = await Address.add(user, HOME)
    const path = `/account/addresses/${address.id}/edit`
    const other = await loggedIn(user)
    await other.visit(path)
    await visitor.visit(path)
    await visitor.submit(FORM, { landmark: 'near the well' })
    const page = await other.submit(FORM, { address: '14 MG Road' })
    assert.equal(page.path, '/account/addresses')
    await address.refresh()
    assert.equal(address.text, '14 MG Road, near the well 452001')
    await other.visit(path)
    const wrong = await other.submit(FORM, { pin_code: '1' })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.$('[name=pin_code]').val(), '1')
  })

  test('have another default when it is chosen, or when the default is removed', async ({
    assert,
  }) => {
    await Address.add(user, HOME)
    const office = await Address.add(user, { ...HOME, line: '1 Mall Road' })
    await Address.add(user, { ...HOME, line: '2 Fort Road' })
    assert.equal(await defaultLine(), '12 MG Road')
    await visitor.visit('/account/addresses')
    await visitor.submit(`#address-${office.id} form[action*=default]`)
    assert.deepEqual(await lines(), ['1 Mall Road', '12 MG Road', '2 Fort Road'])
    const page = await visitor.submit(`#address-${office.id} form[action*=DELETE]`)
    assert.include(page.$('#status').text(), 'removed')
    assert.deepEqual(await lines(), ['12 MG Road', '2 Fort Road'])
    assert.equal(await defaultLine(), '12 MG Road')
  })

  test('of others are not found', async ({ assert }) => {
    const theirs = await Address.add(await createUser(), HOME)
    const own = `/account/addresses/${theirs.id}`
    const body = new URLSearchParams({ address: 'Mine now' })
    for (const [method, path] of [
      ['GET', `${own}/edit`],
      ['POST', `${own}?_method=PUT`],
      ['POST', `${own}?_method=DELETE`],
      ['POST', `${own}/default?_method=PUT`],
    ]) {
      const sent = method === 'GET' ? undefined : body
      assert.equal((await visitor.request(method, path, sent)).status, 404, path)
    }
    assert.equal((await theirs.refresh()).line, '12 MG Road')
  })

  test('are at most ten, also when many come at once', async ({ assert }) => {
    for (let n = 1; n < 9; n++) await Address.add(user, { ...HOME, line: `${n} MG Road` })
    const late = Array.from({ length: 5 }, (_, n) =>
      Address.add(user, { ...HOME, line: `${n} Fort Road` })
    )
    const outcomes = await Promise.allSettled(late)
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      2
    )
    assert.lengthOf(await lines(), 10)
    await visitor.visit('/account/addresses/create')
    const page = await visitor.submit(FORM, { address: '99 New Road', pin_code: '452001' })
    assert.equal(page.status, 422)
    assert.include(page.$('#address-error').text(), 'at most 10')
  })

  test('are not doubled', async ({ assert }) => {
    const [first, second] = [await Address.add(user, HOME), await Address.add(user, HOME)]
    assert.equal(first.id, second.id)
    await Address.add(user, { ...HOME, mobile: '9123456780' })
    assert.lengthOf(await lines(), 2)
  })

  test('never have two defaults, and always one', async ({ assert }) => {
    const added: Address[] = []
    for (let n = 0; n < 6; n++)
      added.push(await Address.add(user, { ...HOME, line: `${n} MG Road` }))
    await Promise.allSettled(
      added.flatMap((address, n) => [address.makeDefault(), ...(n < 3 ? [address.remove()] : [])])
    )
    const defaults = await Address.query().where('is_default', true)
    assert.lengthOf(defaults, 1)
    const update = db.from('addresses').update({ is_default: true })
    await assert.rejects(() => update, /addresses_one_default/)
  })

  test('go with their account', async ({ assert }) => {
    await Address.add(user, HOME)
    await user.delete()
    assert.lengthOf(await Address.all(), 0)
  })
})
