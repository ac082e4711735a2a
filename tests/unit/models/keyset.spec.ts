import { test } from '@japa/runner'
import { decodeCursor, encodeCursor, isText, isUuid, toPage } from '#models/keyset'

const ID = '0198c0de-0000-7000-8000-000000000000'

test.group('Keyset paging', () => {
  test('a cursor survives the way through a URL', ({ assert }) => {
    const key = ['दुकान & "sons" / 1', ID]
    assert.deepEqual(decodeCursor(encodeURI(encodeCursor(key)), [isText, isUuid]), key)
  })

  test('what is no cursor is the first page: {$self}')
    .with([
      '',
      'x',
      '%%%',
      encodeCursor(['a']),
      encodeCursor(['a', 'not-an-id']),
      encodeCursor(['\0', ID]),
    ])
    .run(({ assert }, cursor) => {
      assert.isNull(decodeCursor(cursor, [isText, isUuid]))
    })

  test('the last page has no next one', ({ assert }) => {
    const page = toPage(
      [1, 2],
      2,
      null,
      (row) => [String(row)],
      (row) => row * 10
    )
    assert.deepEqual(page, { items: [10, 20], next: null, first: true })
  })

  test('one row more than a page makes a next page that begins after the last one shown', ({
    assert,
  }) => {
    const page = toPage(
      [1, 2, 3],
      2,
      ['0'],
      (row) => [String(row)],
      (row) => row
    )
    assert.deepEqual(page.items, [1, 2])
    assert.deepEqual(decodeCursor(page.next, [isText]), ['2'])
    assert.isFalse(page.first)
  })
})
