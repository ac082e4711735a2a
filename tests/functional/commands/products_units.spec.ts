import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import ProductsUnits from '../../../commands/products_units.js'

test.group('Command products:units', (group) => {
  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    await emptyDatabase()
    return () => ace.ui.switchMode('normal')
  })

  const list = async (...flags: string[]) => {
    const command = await ace.create(ProductsUnits, flags)
    await command.exec()
    return command
  }

  const lines = (command: ProductsUnits) => {
    return command.ui.logger.getLogs().map(({ message }) => message)
  }

  test('lists what was not understood by shop, most first, and nothing else', async ({
    assert,
  }) => {
    const owner = await createOwner({ username: 'ramesh' })
    const gupta = await createShop({ ownerId: owner.id, name: 'Gupta Kirana', city: 'Indore' })
    const verma = await createShop({ ownerId: owner.id, name: 'Verma Stores', city: 'Pune' })
    for (const [shopId, unit] of [
      [gupta.id, '1 packet'],
      [verma.id, 'KATTA'],
      [verma.id, '1 packet'],
      [verma.id, '1 packet'],
      [verma.id, '500 g'],
    ]) {
      await createProduct({ shopId, unit })
    }
    await createProduct({ shopId: gupta.id, soldAs: 'loose', measure: 'weight', unit: 'kg' })
    const command = await list()
    command.assertSucceeded()
    assert.deepEqual(lines(command), [
      '     3  Verma Stores, Pune (ramesh): "1 packet", "KATTA"',
      '     1  Gupta Kirana, Indore (ramesh): "1 packet"',
      '     4  products in 2 shops',
    ])
    const json = JSON.parse(lines(await list('--json')).at(-1)!)
    assert.containSubset(json[0], { id: verma.id, products: 3, units: ['1 packet', 'KATTA'] })
  })

  test('says so when there are none', async ({ assert }) => {
    await createProduct({ unit: '500 g' })
    assert.deepEqual(lines(await list()), ['All units are understood'])
  })
})
