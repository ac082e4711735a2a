import { test } from '@japa/runner'
import { networkOf } from '#passwords/network'

test.group('The network of an address', () => {
  test('is {network} for {address}')
    .with([
      { address: '203.0.113.7', network: '203.0.113.7' },
      { address: '::ffff:203.0.113.7', network: '203.0.113.7' },
      { address: '2001:db8:1:2:3:4:5:6', network: '2001:db8:1:2::/64' },
      { address: '2001:0db8:0001:0002:ffff::1', network: '2001:db8:1:2::/64' },
      { address: '2001:db8:1:3::1', network: '2001:db8:1:3::/64' },
      { address: 'unknown', network: 'unknown' },
    ])
    .run(({ assert }, { address, network }) => assert.equal(networkOf(address), network))
})
