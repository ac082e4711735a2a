import { mock } from 'node:test'
import { drivers, EncryptionManager } from '@adonisjs/core/encryption'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { rememberSignatures } from '#sessions/known_signatures'

const KEY = 'a key of at least sixteen characters'

async function verifier(key = KEY) {
  const config = await drivers.aes256gcm({ keys: [key], id: 'test' }).resolver(app)
  return new EncryptionManager({ default: 'test', list: { test: config } })
    .use()
    .getMessageVerifier()
}

async function remembering() {
  const made = await verifier()
  let verified = 0
  const unsign = made.unsign.bind(made)
  made.unsign = (signed: string, purpose?: string) => {
    verified++
    return unsign<never>(signed, purpose)
  }
  rememberSignatures(made)
  return { made, verified: () => verified }
}

test.group('A signature', () => {
  test('is verified once', async ({ assert }) => {
    const { made, verified } = await remembering()
    const signed = made.sign({ id: 7 }, undefined, 'session')
    for (let n = 0; n < 3; n++) assert.deepEqual(made.unsign(signed, 'session'), { id: 7 })
    assert.equal(verified(), 1)
  })

  test('is worth nothing for another purpose, before and after', async ({ assert }) => {
    const { made } = await remembering()
    const signed = made.sign('abc', undefined, 'cart')
    assert.isNull(made.unsign(signed, 'session'))
    assert.equal(made.unsign(signed, 'cart'), 'abc')
    assert.isNull(made.unsign(signed, 'session'))
  })

  test('of another key, or of another content, is worth nothing', async ({ assert }) => {
    const { made } = await remembering()
    const foreign = (await verifier('another key of some characters')).sign(
      'abc',
      undefined,
      'cart'
    )
    const [content, signature] = made.sign('abc', undefined, 'cart').split('.')
    assert.equal(made.unsign(`${content}.${signature}`, 'cart'), 'abc')
    const other = made.sign('abd', undefined, 'cart').split('.')[0]
    for (const forged of [foreign, `${other}.${signature}`, `${content}.`, content, '']) {
      for (let n = 0; n < 2; n++) assert.isNull(made.unsign(forged, 'cart'), forged)
    }
  })

  test('ends when it says', async ({ assert }) => {
    const { made } = await remembering()
    const signed = made.sign('abc', '1 hour', 'cart')
    assert.equal(made.unsign(signed, 'cart'), 'abc')
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * 60 * 60 * 1_000 })
    try {
      assert.isNull(made.unsign(signed, 'cart'))
    } finally {
      mock.timers.reset()
    }
  })
})
