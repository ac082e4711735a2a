import { test } from '@japa/runner'
import { createProgressPace, progressLine } from '#database/demo/progress'

test.group('Demo progress', () => {
  test('shows how far a table has come', ({ assert }) => {
    const line = progressLine({ table: 'products', done: 250_000, total: 1_000_000 })
    assert.include(line, '25 % 2,50,000 of 10,00,000')
    assert.lengthOf(line.match(/█/g)!, 8)
    assert.lengthOf(line.match(/[█░]/g)!, 30)
  })

  test('is whole when there is nothing to do', ({ assert }) => {
    assert.include(progressLine({ table: 'shops', done: 0, total: 0 }), '100 %')
  })

  test('speaks up now and then, and when a table is finished', ({ assert }) => {
    let time = 0
    const isDue = createProgressPace(1000, () => time)
    assert.isFalse(isDue({ table: 'products', done: 1, total: 9 }))
    time = 1000
    assert.isTrue(isDue({ table: 'products', done: 2, total: 9 }))
    assert.isFalse(isDue({ table: 'products', done: 3, total: 9 }))
    assert.isTrue(isDue({ table: 'products', done: 9, total: 9 }))
  })
})
