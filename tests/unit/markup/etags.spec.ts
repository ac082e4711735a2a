import { test } from '@japa/runner'
import { has, strong } from '#markup/etags'

const ETAG = 'W/"1a-abcW/xyz"'

test.group('A list of ETags', () => {
  test('has a tag whose hash contains W/', ({ assert }) => {
    assert.isTrue(has(ETAG, ETAG))
    assert.isTrue(has(ETAG, ETAG, strong))
    assert.isTrue(has('"1a-abcW/xyz"', ETAG, strong))
    assert.isTrue(has(`"other", ${ETAG}`, ETAG, strong))
  })

  test('does not have a tag that differs', ({ assert }) => {
    assert.isFalse(has('"1a-abcxyz"', ETAG, strong))
    assert.isFalse(has('', ETAG))
    assert.isFalse(has(undefined, ETAG))
  })

  test('with an asterisk has any', ({ assert }) => {
    assert.isTrue(has('*', ETAG))
    assert.isTrue(has(' * ', ETAG, strong))
  })
})
