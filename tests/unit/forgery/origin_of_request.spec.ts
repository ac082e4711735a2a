import { test } from '@japa/runner'
import { RequestFactory } from '@adonisjs/core/factories/http'
import { originOfRequest } from '#forgery/origin_of_request'

function requestWith(headers: Record<string, string>) {
  const request = new RequestFactory()
    .merge({ method: 'POST', config: { trustProxy: () => false } as object })
    .create()
  Object.assign(request.request.headers, headers)
  return request
}

test.group('Origin of a request', () => {
  for (const [host, origin, expected] of [
    ['kirana.example', 'http://kirana.example', 'ours'],
    ['kirana.example:80', 'http://kirana.example', 'ours'],
    ['KIRANA.example', 'http://kirana.example', 'ours'],
    ['192.168.1.7:3333', 'http://192.168.1.7:3333', 'ours'],
    ['[::1]:3333', 'http://[::1]:3333', 'ours'],
    ['192.168.1.7:3333', 'http://192.168.1.7', 'foreign'],
    ['kirana.example', 'https://kirana.example', 'foreign'],
    ['a b', 'http://a', 'foreign'],
    ['', 'http://', 'foreign'],
    ['', 'null', 'foreign'],
    ['kirana.example', '', 'unsaid'],
  ]) {
    test(`is ${expected} at host “${host}” with “${origin}”`, ({ assert }) => {
      assert.equal(originOfRequest(requestWith({ host, origin })), expected)
    })
  }

  test('does not heed what is said of it by a proxy that nobody has named', ({ assert }) => {
    const headers = {
      'host': 'app:3333',
      'origin': 'https://kirana.example',
      'x-forwarded-host': 'kirana.example',
      'x-forwarded-proto': 'https',
    }
    assert.equal(originOfRequest(requestWith(headers)), 'foreign')
  })
})
