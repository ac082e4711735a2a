import { test } from '@japa/runner'
import { Presenter } from '#locale/presenter'

test.group('Presenter', () => {
  test('groups rupees as India does, and shows paise only where there are some', ({ assert }) => {
    const { money } = new Presenter('en')
    assert.equal(money(12345650), '₹1,23,456.50')
    assert.equal(money(5200), '₹52')
    assert.equal(money(1), '₹0.01')
    assert.equal(money(0), '₹0')
  })

  test('writes numbers in digits that both languages read', ({ assert }) => {
    assert.equal(new Presenter('hi').number(1234567), '12,34,567')
    assert.equal(new Presenter('hi').money(12345650), '₹1,23,456.50')
  })

  test('tells dates by the clock of India', ({ assert }) => {
    const midnight = new Date('2026-01-14T19:00:00Z')
    assert.match(new Presenter('en').dateTime(midnight), /15 Jan 2026/)
    assert.match(new Presenter('hi').dateTime(midnight), /15 जन/)
  })

  for (const [utc, said] of [
    ['22:35', 'सुबह 4:05 बजे'],
    ['07:00', 'दोपहर 12:30 बजे'],
    ['12:30', 'शाम 6:00 बजे'],
    ['17:30', 'रात 11:00 बजे'],
  ]) {
    test(`says the part of the day in Hindi: ${said}`, ({ assert }) => {
      const date = new Date(`2026-01-14T${utc}:00Z`)
      assert.include(new Presenter('hi').dateTime(date), said)
      assert.match(new Presenter('en').dateTime(date), /\d [ap]m$/)
      assert.equal(new Presenter('hi').time(date), said)
      assert.match(new Presenter('en').time(date), /^\d+:\d\d [ap]m$/)
    })
  }

  for (const [minutes, en, hi] of [
    [0.9, '0 mins', '0 मिनट'],
    [1, '1 min', '1 मिनट'],
    [119, '119 mins', '119 मिनट'],
    [120, '2 hrs', '2 घंटे'],
    [2_880, '2 days', '2 दिन'],
    [-3, '0 mins', '0 मिनट'],
  ] as const) {
    test(`says how long something takes: ${en}`, ({ assert }) => {
      assert.equal(new Presenter('en').duration(minutes * 60_000), en)
      assert.equal(new Presenter('hi').duration(minutes * 60_000), hi)
    })
  }
})
