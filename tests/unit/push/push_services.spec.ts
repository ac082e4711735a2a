import type { lookup } from 'node:dns'
import { test } from '@japa/runner'
import { isPublicAddress, publicLookup } from '#push/push_services'

type Found = { address: string; family: number }[]

/** What is found at these addresses. */
function find(found: Found, all = false) {
  const ask = ((_: string, __: object, done: (error: null, found: Found) => void) =>
    done(null, found)) as unknown as typeof lookup
  return new Promise<unknown>((resolve) => {
    publicLookup(
      'fcm.googleapis.com',
      { all },
      (error, address) => resolve(error ? (error as Error & { code: string }).code : address),
      ask
    )
  })
}

const OPEN = { address: '142.250.1.95', family: 4 }
const PRIVATE = { address: '10.0.0.5', family: 4 }

test.group('Addresses of push services', () => {
  test('are public', ({ assert }) => {
    for (const address of ['142.250.1.95', '2a00:1450:4001:80b::200a']) {
      assert.isTrue(isPublicAddress(address), address)
    }
  })

  test('are not of this machine or of a private network', ({ assert }) => {
    for (const address of [
      ...['127.0.0.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254'],
      ...['100.64.0.1', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1'],
      ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::'],
    ]) {
      assert.isFalse(isPublicAddress(address), address)
    }
  })

  test('are those that remain of what a name leads to', async ({ assert }) => {
    assert.equal(await find([PRIVATE, OPEN]), OPEN.address)
    assert.deepEqual(await find([PRIVATE, OPEN], true), [OPEN])
    assert.equal(await find([PRIVATE]), 'E_PUSH_SERVICE_REFUSED')
    assert.equal(await find([PRIVATE], true), 'E_PUSH_SERVICE_REFUSED')
  })
})
