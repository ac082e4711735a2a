import { test } from '@japa/runner'
import { barsOf } from '#pages/bars'

test.group('The bars of a chart', () => {
  test('stand on the ground, the largest as high as the chart', ({ assert }) => {
    assert.deepEqual(barsOf([50, 0, 200]), [
      { x: 1, y: 75, width: 8, height: 25 },
      { x: 11, y: 100, width: 8, height: 0 },
      { x: 21, y: 0, width: 8, height: 100 },
    ])
  })

  test('are flat when there is nothing', ({ assert }) => {
    assert.deepEqual(
      barsOf([0, 0]).map(({ height }) => height),
      [0, 0]
    )
    assert.deepEqual(barsOf([]), [])
  })
})
