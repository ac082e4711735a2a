import { test } from '@japa/runner'
import { acceptedEncoding } from '#public_files/accepted_encoding'

test.group('Accepted encoding', () => {
  test('is what the client prefers, Brotli when it likes both', ({ assert }) => {
    assert.equal(acceptedEncoding('gzip, deflate, br, zstd'), 'br')
    assert.equal(acceptedEncoding('BR'), 'br')
    assert.equal(acceptedEncoding('gzip'), 'gzip')
    assert.equal(acceptedEncoding('gzip, deflate'), 'gzip')
    assert.equal(acceptedEncoding('br;q=0.5, gzip;q=0.8'), 'gzip')
    assert.equal(acceptedEncoding('*'), 'br')
    assert.equal(acceptedEncoding('*;q=0.1, gzip'), 'gzip')
  })

  test('is none that it refuses or does not name', ({ assert }) => {
    assert.isNull(acceptedEncoding(undefined))
    assert.isNull(acceptedEncoding(''))
    assert.isNull(acceptedEncoding('identity'))
    assert.isNull(acceptedEncoding('deflate, zstd'))
    assert.isNull(acceptedEncoding('br;q=0, gzip; q=0'))
    assert.equal(acceptedEncoding('br;q=0, *'), 'gzip')
    assert.isNull(acceptedEncoding('br;q=much'))
  })
})
