import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

/** What the server says to these bytes, until it closes the connection. */
async function say(...lines: string[]) {
  const socket = connect(Number(process.env.PORT), '127.0.0.1')
  socket.end(lines.join('\r\n'))
  return text(socket)
}

test.group('HTTP', (group) => {
  group.setup(emptyDatabase)

  test('a message with two lengths, or with odd ones, is refused', async ({ assert }) => {
    const start = ['POST /api/token HTTP/1.1', 'Host: localhost', 'Connection: close']
    const type = 'Content-Type: application/x-www-form-urlencoded'
    for (const framing of [
      ['Content-Length: 4', 'Transfer-Encoding: chunked'],
      ['Content-Length: 4', 'Content-Length: 5'],
      ['Content-Length: +4'],
      ['Transfer-Encoding: chunked, identity'],
      ['Transfer-Encoding : chunked'],
    ]) {
      const answer = await say(...start, type, ...framing, '', '0', '', 'GET /metrics HTTP/1.1', '')
      assert.match(answer, /^HTTP\/1\.1 400 /, framing.join())
      assert.lengthOf(answer.match(/HTTP\/1\.1/g)!, 1, framing.join())
    }
  })

  test('TRACE and methods that nobody knows are not answered', async ({ assert }) => {
    for (const method of ['TRACE', 'TRACK', 'CONNECT', 'DEBUG']) {
      const answer = await say(
        ...[
          `${method} / HTTP/1.1`,
          'Host: localhost',
          'X-Secret: besan-and-atta',
          'Connection: close',
          '',
          '',
        ]
      )
      assert.notMatch(answer, /^HTTP\/1\.1 2/, method)
      assert.notInclude(answer, 'besan-and-atta', method)
    }
  })

  test('files of the application, folders and the history of the code are not found', async ({
    assert,
  }) => {
    for (const path of [
      ...['/.env', '/.git/config', '/.git/HEAD', '/package.json', '/config/app.ts', '/app/'],
      ...[
        '/../.env',
        '/%2e%2e/.env',
        '/..%2f.env',
        '/assets/',
        '/docs/',
        '/docs/..%2fpackage.json',
      ],
      ...['/server-status', '/debug', '/__transmit/events', '/app.css/..%2f..%2f.env'],
    ]) {
      const { status, html } = await new Visitor().request('GET', path)
      if (path === '/docs/') assert.equal(status, 200)
      else assert.include([400, 403, 404], status, path)
      assert.notInclude(html, 'APP_KEY', path)
      assert.notInclude(html, 'Index of', path)
    }
  })

  test('an error that nobody expected says nothing of its cause', async ({ assert, cleanup }) => {
    const visitor = await loggedIn(await createOwner())
    const usual = Shop.pageOf
    cleanup(() => {
      Shop.pageOf = usual
    })
    Shop.pageOf = () =>
      Promise.reject(new Error(`select "password" from users at ${app.makePath()}`))
    const page = await visitor.visit('/owner/shops?closed=1')
    assert.equal(page.status, 500)
    for (const hidden of ['select', 'password', app.makePath(), 'node_modules', 'at ']) {
      assert.notInclude(page.$('main').text(), hidden)
    }
    assert.notMatch(page.html, /Error:|\.ts:\d|select "/)
  })
})
