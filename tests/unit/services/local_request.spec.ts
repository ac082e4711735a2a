import type { IncomingMessage } from 'node:http'
import { test } from '@japa/runner'
import { isLocal, isLoopback, isLoopbackUrl } from '#services/local_request'

interface Given {
  from?: string
  httpVersion?: string
  headers?: Record<string, string>
}

function request({ from = '127.0.0.1', httpVersion = '1.1', headers = {} }: Given = {}) {
  const socket = { remoteAddress: from }
  return {
    socket,
    httpVersion,
    headers: { host: 'localhost:3333', ...headers },
  } as unknown as IncomingMessage
}

test.group('A request of this machine for itself', () => {
  test('it comes from a loopback address to a loopback name', ({ assert }) => {
    for (const from of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']) {
      for (const host of ['localhost:3333', '127.0.0.1', '[::1]:3333', 'shop.localhost']) {
        assert.isTrue(isLocal(request({ from, headers: { host } })), `${from} to ${host}`)
      }
    }
  })

  test('no other address is this machine', ({ assert }) => {
    for (const from of [
      '192.168.1.7',
      '10.0.0.1',
      '::ffff:192.168.1.7',
      'fe80::1',
      '0.0.0.0',
      '',
    ]) {
      assert.isFalse(isLocal(request({ from })), from)
    }
  })

  test('another name in Host is that of a site that a proxy publishes', ({ assert }) => {
    for (const host of ['kirana.example', '192.168.1.7:3333', 'localhost.kirana.example', '']) {
      assert.isFalse(isLocal(request({ headers: { host } })), host)
    }
  })

  test('every header of a proxy, a tunnel or a CDN speaks of another machine', ({ assert }) => {
    for (const header of [
      ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-server'],
      ...['forwarded', 'via', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'x-original-host'],
      ...['cf-connecting-ip', 'fly-client-ip', 'x-amzn-trace-id', 'x-envoy-external-address'],
    ]) {
      assert.isFalse(isLocal(request({ headers: { [header]: '127.0.0.1' } })), header)
    }
  })

  test('HTTP/1.0 is what a proxy speaks', ({ assert }) => {
    assert.isFalse(isLocal(request({ httpVersion: '1.0' })))
  })

  test('names and URLs of this machine are known in every spelling', ({ assert }) => {
    for (const host of ['LOCALHOST', '127.0.0.1', '::1', '[::1]']) assert.isTrue(isLoopback(host))
    for (const host of ['0.0.0.0', '::', 'kirana.example', '']) assert.isFalse(isLoopback(host))
    assert.isTrue(isLoopbackUrl('http://localhost:3333'))
    assert.isTrue(isLoopbackUrl('https://[::1]'))
    assert.isFalse(isLoopbackUrl('https://kirana.example'))
    assert.isFalse(isLoopbackUrl('localhost'))
  })
})
