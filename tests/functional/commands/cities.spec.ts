import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import City from '#models/city'
import { emptyWithCities } from '#tests/helpers/cities'
import { eventually } from '#tests/helpers/eventually'
import { closeShop, createShop } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'
import CitiesAdd from '../../../commands/cities_add.js'
import CitiesList from '../../../commands/cities_list.js'
import CitiesRename from '../../../commands/cities_rename.js'

async function run(command: Parameters<typeof ace.create>[0], ...words: string[]) {
  const created = await ace.create(command, words)
  await created.exec()
  return created
}

test.group('Commands cities:*', (group) => {
  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    await emptyWithCities()
    return () => ace.ui.switchMode('normal')
  })

  test('add a city with its Hindi name and others', async ({ assert }) => {
    const added = await run(CitiesAdd, 'Bagli', '--hindi=बागली', '--also=Bagali', '--also=बागळी')
    added.assertSucceeded()
    for (const typed of ['bagli', 'बागली', 'BAGALI', 'बागळी']) {
      assert.equal(await City.named(typed), 'Bagli')
    }
  })

  test('name a city that a shop has added, and pages show it', async ({ assert }) => {
    await createShop({ city: 'Nasrullaganj' })
    ;(await run(CitiesAdd, 'NASRULLAGANJ', '--hindi=नसरुल्लागंज')).assertSucceeded()
    await eventually(async () => {
      const { text } = await new Visitor({ 'accept-language': 'hi' }).visit('/shops')
      assert.include(text, 'नसरुल्लागंज')
    })
  })

  test('keep what is known when a city is added twice', async ({ assert }) => {
    ;(await run(CitiesAdd, 'indore', '--also=Indur')).assertSucceeded()
    const { name, nameHi, otherNames } = await City.findOrFail('Indore')
    assert.deepEqual([name, nameHi, otherNames], ['Indore', 'इंदौर', ['इन्दौर', 'Indur']])
  })

  test('say what is wrong with a name', async ({ assert }) => {
    for (const [name, ...more] of [
      ['\u200b'],
      ['a'.repeat(81)],
      ['Bagli', `--hindi=${'आ'.repeat(81)}`],
      ['Bagli', '--also=Indore'],
    ]) {
      const refused = await run(CitiesAdd, name, ...more)
      refused.assertFailed()
    }
    assert.isNull(await City.find('Bagli'))
    ;(await run(CitiesRename, 'Indore', '\u200b')).assertFailed()
    ;(await run(CitiesRename, 'Nowhere', 'Somewhere')).assertFailed()
  })

  test('rename a city by any of its names', async ({ assert }) => {
    const shop = await createShop({ city: 'Bangalore' })
    ;(await run(CitiesRename, 'बैंगलोर', 'Namma Bengaluru')).assertSucceeded()
    assert.equal((await shop.refresh()).city, 'Namma Bengaluru')
    assert.equal(await City.named('bengaluru'), 'Namma Bengaluru')
  })

  test('list cities with their names and open shops, or those without a Hindi name', async ({
    assert,
  }) => {
    await createShop({ city: 'Bagli' })
    await closeShop(await createShop({ city: 'Bagli' }))
    const listed = async (...words: string[]) => {
      const { logger } = await run(CitiesList, ...words)
      return logger.getLogs().map(({ message }) => message)
    }
    assert.deepEqual(await listed('--unnamed'), ['     1  Bagli'])
    assert.include(await listed(), '     0  Indore, इंदौर, इन्दौर')
    const json = (await listed('--unnamed', '--json')).at(-1)!
    assert.deepEqual(JSON.parse(json), [{ name: 'Bagli', nameHi: null, otherNames: [], shops: 1 }])
  })
})
