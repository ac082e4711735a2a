import { test } from '@japa/runner'
import {
  DEMO_PASSWORD,
  DEMO_SIZE,
  InvalidDemoOptionException,
  parseDemoPassword,
  parseDemoSize,
} from '#database/demo/options'

test.group('Demo options', () => {
  test('are the defaults when nothing is said', ({ assert }) => {
    assert.deepEqual(parseDemoSize({}), DEMO_SIZE)
    assert.equal(parseDemoPassword(undefined), DEMO_PASSWORD)
  })

  test('are what was said', ({ assert }) => {
    const size = parseDemoSize({ owners: '१०', customers: '1,000', shopsPerOwner: '0', seed: '42' })
    const said = { owners: 10, customers: 1_000, shopsPerOwner: 0, seed: 42 }
    assert.deepEqual(size, { ...DEMO_SIZE, ...said })
    assert.equal(parseDemoPassword('Namaste@2026'), 'Namaste@2026')
  })

  test('cannot be {value} for {key}')
    .with([
      { key: 'owners', value: '-1' },
      { key: 'owners', value: '0' },
      { key: 'owners', value: 'many' },
      { key: 'owners', value: '' },
      { key: 'customers', value: '2.5' },
      { key: 'customers', value: '1e3' },
      { key: 'customers', value: '0x10' },
      { key: 'customers', value: '52,50' },
      { key: 'customers', value: '99999999999999999999' },
      { key: 'shopsPerOwner', value: '1001' },
      { key: 'productsPerShop', value: '1000000' },
      { key: 'seed', value: 'NaN' },
    ])
    .run(({ assert }, { key, value }) => {
      const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
      const parse = () => parseDemoSize({ [key]: value })
      assert.throws(parse, InvalidDemoOptionException)
      assert.throws(parse, new RegExp(`^${flag} must be a whole number from .+$`))
    })

  test('cannot ask for more shops or products than one run makes', ({ assert }) => {
    assert.throws(
      () => parseDemoSize({ owners: '100000', shopsPerOwner: '100' }),
      'That would be 1,00,00,000 shops, and one run makes at most 10,00,000'
    )
    assert.throws(
      () => parseDemoSize({ owners: '10000', shopsPerOwner: '10', productsPerShop: '5000' }),
      'That would be 50,00,00,000 products, and one run makes at most 2,00,00,000'
    )
  })

  test('cannot be a password that nobody could register with', ({ assert }) => {
    assert.throws(() => parseDemoPassword('short'), /8 to 128/)
    assert.throws(() => parseDemoPassword('x'.repeat(129)), /8 to 128/)
  })
})
