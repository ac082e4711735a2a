import { test } from '@japa/runner'
import { attackedServer } from '#tests/helpers/attacked_server'
import { say } from '#tests/helpers/raw_request'

const HEAD = 'GET /health/live HTTP/1.1\r\n'
const HOST = 'Host: localhost\r\n'
const POST = `POST /api/token HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`
const LONG = 'a'.repeat(200_000)

/** What is sent, and how it is refused. */
const REFUSED: [string, string, RegExp][] = [
  ['HTTP/0.9', 'GET /\r\n\r\n', /^HTTP\/1.1 400 /],
  ['HTTP/2 in the clear', `GET / HTTP/2.0\r\n${HOST}\r\n`, /^HTTP\/1.1 400 /],
  ['an unknown version', `GET / HTTP/9.9\r\n${HOST}\r\n`, /^HTTP\/1.1 400 /],
  ['no host', `${HEAD}\r\n`, /^HTTP\/1.1 400 /],
  ['two hosts', `${HEAD}${HOST}Host: evil.example\r\n\r\n`, /^HTTP\/1.1 400 /],
  ['the same host twice', `${HEAD}${HOST}${HOST}\r\n`, /^HTTP\/1.1 400 /],
  ['a host with a path', `${HEAD}Host: localhost/evil\r\n\r\n`, /^HTTP\/1.1 400 /],
  ['two lengths', `${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, /^HTTP\/1.1 400 /],
  [
    'a length and chunks',
    `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    /^HTTP\/1.1 400 /,
  ],
  ['a zero in a header', `${HEAD}${HOST}X: a\0b\r\n\r\n`, /^HTTP\/1.1 400 /],
  ['a folded header', `${HEAD}${HOST}X: a\r\n b\r\n\r\n`, /^HTTP\/1.1 400 /],
  ['a blank before the colon', `${HEAD}${HOST}X : a\r\n\r\n`, /^HTTP\/1.1 400 /],
  ['no method', '\u0016\u0003\u0001\0\0', /^HTTP\/1.1 400 /],
  ['a head that is too long', `${HEAD}${HOST}X: ${LONG}\r\n\r\n`, /^HTTP\/1.1 431 /],
  ['an expectation', `${HEAD}${HOST}Expect: tea\r\n\r\n`, /^HTTP\/1.1 417 /],
]

test.group('Malformed requests', (group) => {
  const server = attackedServer(group)

  for (const [what, text, answer] of REFUSED) {
    test(`${what}: refused, with the headers of every answer`, async ({ assert }) => {
      const said = await say(text, server.origin())
      assert.match(said, answer)
      assert.match(said, /\r\nX-Content-Type-Options: nosniff\r\n/)
      assert.match(said, /\r\nContent-Security-Policy: /)
      assert.notMatch(said, /node:|node_modules|\n\s+at /)
      assert.equal((await fetch(`${server.origin()}/health/live`)).status, 200)
    })
  }

  test('chunks that are none end the request, and nothing else', async ({ assert }) => {
    const said = await say(`${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, server.origin())
    assert.match(said, /^HTTP\/1.1 400 /)
    assert.equal((await fetch(`${server.origin()}/health/live`)).status, 200)
  })

  test('a body that does not arrive ends after 30 s', async ({ assert }) => {
    const said = await say(`${POST}Content-Length: 100\r\n\r\n{"user`, server.origin())
    assert.match(said, /^HTTP\/1.1 408 /)
  }).timeout(60_000)

  test('a head that does not arrive ends after 30 s', async ({ assert }) => {
    const said = await say(`${HEAD}Ho`, server.origin())
    assert.match(said, /^HTTP\/1.1 408 /)
  }).timeout(60_000)
})
