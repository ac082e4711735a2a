import { test } from '@japa/runner'
import { CATEGORIES } from '#models/category'
import { categoryTiles } from '#pages/category_tiles'

test.group('Category tiles', () => {
  test('have a drawing for each category', ({ assert }) => {
    for (const { category, drawing } of categoryTiles()) assert.equal(drawing, category)
    assert.lengthOf(categoryTiles(), CATEGORIES.length)
  })

  test('show the general drawing for a category that nobody has drawn', ({ assert }) => {
    assert.deepEqual(categoryTiles(['rice', 'toys']), [
      { category: 'rice', drawing: 'rice' },
      { category: 'toys', drawing: 'general' },
    ])
  })
})
