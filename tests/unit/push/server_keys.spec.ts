import { createSign, createVerify, createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from '@japa/runner'
import { serverKeys } from '#push/server_keys'

const SECRET = 'a key of 32 characters for tests'

test.group('Keys of the server for push services', () => {
  test('are the same on every server that has the secret', ({ assert }) => {
    assert.deepEqual(serverKeys(SECRET), {
      publicKey:
        'BJO3NALnziARWRHAkWgsCfbHYpVB7Zfu6UETEppl1ZB3pDkmxYLy-y99O12jW0axtXEowZLMAdotq8e5pki6BNk',
      privateKey: 'CZFUlsfB3SR64Fcl5jD_rmWkuywmqcFNFjTaxsqH0pg',
    })
    assert.notEqual(serverKeys('another').publicKey, serverKeys(SECRET).publicKey)
  })

  test('are a pair', ({ assert }) => {
    for (let n = 0; n < 50; n++) {
      const { publicKey, privateKey } = serverKeys(`secret ${n}`)
      const point = Buffer.from(publicKey, 'base64url')
      assert.lengthOf(point, 65)
      assert.lengthOf(Buffer.from(privateKey, 'base64url'), 32)
      const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
        part.toString('base64url')
      )
      const key = { kty: 'EC', crv: 'P-256', x, y }
      const secret = createPrivateKey({ key: { ...key, d: privateKey }, format: 'jwk' })
      const signature = createSign('sha256').update('order').sign(secret)
      const known = createPublicKey({ key, format: 'jwk' })
      assert.isTrue(createVerify('sha256').update('order').verify(known, signature))
    }
  })
})
