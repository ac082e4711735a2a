import { test } from '@japa/runner'
import { rupeesText, toPaise, toRupees, withPaise } from '#locale/rupees'

test.group('Rupees and paise', () => {
  test('{paise} paise are ₹{rupees}, {full} in files and {text} in fields')
    .with([
      { paise: 0, rupees: 0, full: '0.00', text: '0' },
      { paise: 5, rupees: 0.05, full: '0.05', text: '0.05' },
      { paise: 52_00, rupees: 52, full: '52.00', text: '52' },
      { paise: 52_50, rupees: 52.5, full: '52.50', text: '52.50' },
      { paise: 1_00_000_00, rupees: 1_00_000, full: '100000.00', text: '100000' },
      { paise: -1_50, rupees: -1.5, full: '-1.50', text: '-1.50' },
    ])
    .run(({ assert }, { paise, rupees, full, text }) => {
      assert.equal(toRupees(paise), rupees)
      assert.equal(toPaise(rupees), paise)
      assert.equal(withPaise(paise), full)
      assert.equal(rupeesText(paise), text)
    })

  test('a price that no double has exactly is still whole paise', ({ assert }) => {
    for (const paise of [1_10, 4_35, 8_17, 19_99, 1_016_85]) {
      assert.equal(toPaise(toRupees(paise)), paise)
    }
  })
})
