import { test } from '@japa/runner'
import { placeOfSupply, stateOfPin, stateOfShop, STATES } from '#bills/states'

test.group('The state of a PIN code', () => {
  const known = [
    ['452001', '23'],
    ['110001', '07'],
    ['400001', '27'],
    ['403001', '30'],
    ['500001', '36'],
    ['520001', '37'],
    ['560001', '29'],
    ['600001', '33'],
    ['682001', '32'],
    ['194101', '38'],
    ['737101', '11'],
    ['744101', '35'],
    ['799001', '16'],
    ['834001', '20'],
  ]

  test('is known by its first three digits: {0} {1}')
    .with(known)
    .run(({ assert }, [pinCode, state]) => assert.equal(stateOfPin(pinCode), state))

  test('is that of the shop where states share these digits', ({ assert }) => {
    assert.equal(stateOfPin('262001'), '05')
    assert.equal(stateOfPin('262001', '09'), '09')
    assert.equal(stateOfPin('396001', '26'), '26')
    assert.equal(stateOfPin('452001', '09'), '23')
  })

  test('is not guessed for digits that no post office has', ({ assert }) => {
    for (const pinCode of ['199001', '990001', null]) assert.isNull(stateOfPin(pinCode))
  })

  test('is a state that has a name', ({ assert }) => {
    for (let area = 100; area < 1000; area++) {
      const state = stateOfPin(`${area}001`)
      if (state) assert.property(STATES, state)
    }
  })
})

test.group('Goods', () => {
  test('are supplied where they are delivered', ({ assert }) => {
    assert.equal(placeOfSupply('4 Ring Road, Surat 395002', '23'), '24')
    assert.equal(placeOfSupply('12 MG Road, Indore 452001', '23'), '23')
  })

  test('are supplied in the state of the shop when picked up, and to an address without a PIN code', ({
    assert,
  }) => {
    assert.equal(placeOfSupply(null, '23'), '23')
    assert.equal(placeOfSupply('12 MG Road', '23'), '23')
    assert.isNull(placeOfSupply('12 MG Road', null))
  })

  test('come from the state of the GSTIN, or of the PIN code of a shop without one', ({
    assert,
  }) => {
    assert.equal(stateOfShop('27AAPFU0939F1ZV', '452001'), '27')
    assert.equal(stateOfShop(null, '452001'), '23')
    assert.isNull(stateOfShop(null, null))
  })
})
