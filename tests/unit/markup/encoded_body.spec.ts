import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  createGunzip,
  gunzipSync,
} from 'node:zlib'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { EncodedBody } from '#markup/encoded_body'

const names = ['बेसन', 'Basmati rice', 'Toor dal', 'चीनी', 'Mustard oil', 'Haldi', 'Salt', 'आटा']
const cards = Array.from({ length: 500 }, (_, number) => {
  const [name, other] = [names[number % 8], names[(number * number) % 7]]
  return `<li class="product" id="${number ** 3}">${name}, ${other} ₹${(number * 7919) % 541}</li>\n`
})
const html = Buffer.from(cards.join(''))

test.group('A body that is sent many times', () => {
  test('is the same in every encoding, compressed once for each', ({ assert }) => {
    const body = new EncodedBody(html)
    assert.isTrue(body.in(null).equals(html))
    assert.isTrue(gunzipSync(body.in('gzip')).equals(html))
    assert.isTrue(brotliDecompressSync(body.in('br')).equals(html))
    assert.strictEqual(body.in('gzip'), body.in('gzip'))
    assert.isBelow(body.in('gzip').length, html.length / 3)
  })

  test('is as small as Brotli makes it, after the first time', async ({ assert }) => {
    const body = new EncodedBody(html)
    const first = body.in('br')
    body.in('br')
    await body.improve()
    const { BROTLI_PARAM_QUALITY } = constants
    const best = brotliCompressSync(html, { params: { [BROTLI_PARAM_QUALITY]: 11 } })
    assert.isAtMost(body.in('br').length, best.length * 1.01)
    assert.isBelow(body.in('br').length, first.length)
    assert.isTrue(brotliDecompressSync(body.in('br')).equals(html))
  })

  test('has every form in memory of its own', async ({ assert }) => {
    const body = new EncodedBody(html.subarray(0, 2_000))
    const forms = () => [body.in('gzip'), body.in('br')]
    for (const { buffer, length } of forms()) assert.equal(buffer.byteLength, length)
    await body.improve()
    for (const { buffer, length } of forms()) assert.equal(buffer.byteLength, length)
  })

  test('does not wait for the best compression behind many others, and tries again', async ({
    assert,
  }) => {
    const bodies = Array.from(
      { length: 30 },
      (_, number) => new EncodedBody(html.subarray(number, 3_000))
    )
    const quick = bodies.map((body) => body.in('br').length)
    const isImproved = (body: EncodedBody, at: number) => body.in('br').length < quick[at]
    const improve = () => Promise.all(bodies.map((body) => body.improve()))
    await improve()
    assert.isBelow(bodies.filter(isImproved).length, 20)
    while (!bodies.every(isImproved)) await improve()
  }).timeout(60_000)

  test('is one gzip member, which every browser reads to its end', async ({ assert }) => {
    const gzip = new EncodedBody(html).in('gzip')
    const reader = createGunzip()
    reader.end(gzip)
    reader.resume()
    await once(reader, 'end')
    assert.equal(reader.bytesWritten, gzip.length)
    assert.equal(gzip.readUInt32LE(gzip.length - 4), html.length)
  })

  test('has a tag that only depends on what it says', ({ assert }) => {
    assert.match(new EncodedBody(html).etag, /^W\/"[\w-]{43}"$/)
    assert.equal(new EncodedBody(html).etag, new EncodedBody(Buffer.from(html)).etag)
    assert.notEqual(new EncodedBody(html).etag, new EncodedBody(html.subarray(1)).etag)
  })
})
