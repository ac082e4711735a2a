import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { attackedServer } from '#tests/helpers/attacked_server'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { publish, type ProxyHabits } from '#tests/helpers/reverse_proxy'
import { TcpProxy } from '#tests/helpers/tcp_proxy'
import { Visitor } from '#tests/helpers/visitor'
import type User from '#models/user'

const FAR = '203.0.113.7'

const PROXIES: Record<string, ProxyHabits> = {
  'a proxy that says for whom it asks': { headers: { 'x-forwarded-for': FAR } },
  'a proxy by the standard': { headers: { forwarded: `for=${FAR};proto=https` } },
  'a cache': { headers: { via: '1.1 cache' } },
  'a CDN': { headers: { 'cf-connecting-ip': FAR } },
  'a proxy that only keeps the name of the site': { headers: { host: 'kirana.example' } },
  'nginx without a line about headers': { httpVersion: '1.0' },
}

/** Sent by an attacker who wants to look like this machine. */
const LIES = {
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-host': 'localhost',
  'x-real-ip': '::1',
}

test.group('Demo accounts behind a proxy on the same machine', (group) => {
  const server = attackedServer(group)
  const siteWithAddress = attackedServer(group, { APP_URL: 'http://kirana.example' })
  const openSite = attackedServer(group, { DEMO: 'true' })

  let owner: User

  group.setup(emptyDatabase)
  group.teardown(emptyDatabase)
  /** Another owner each time, so that no limit on attempts is in the way. */
  group.each.setup(async () => {
    owner = await createOwner({ fullName: 'Demo Owner', isDemo: true })
  })

  const getToken = (origin: string, headers?: Record<string, string>) => {
    const form = { username: owner.username, password: PASSWORD }
    return new ApiClient().post('/api/token', { form, origin, headers })
  }

  async function logIn(origin: string, headers?: Record<string, string>) {
    const visitor = new Visitor(headers, origin)
    await visitor.visit('/login')
    return visitor.submit('form[action*="/login"]', {
      username: owner.username,
      password: PASSWORD,
    })
  }

  test('they can be used without a proxy', async ({ assert }) => {
    assert.include((await logIn(server.origin())).text, 'Demo Owner')
    assert.equal((await getToken(server.origin())).status, 200)
  })

  for (const [name, habits] of Object.entries(PROXIES)) {
    test(`${name} publishes none of them`, async ({ assert, cleanup }) => {
      const visitor = await loggedIn(owner, new Visitor(undefined, server.origin()))
      const { body } = await getToken(server.origin())
      const proxy = await publish(server.origin(), habits)
      cleanup(() => proxy.close())
      assert.equal((await fetch(`${proxy.origin}/shops`)).status, 200)

      for (const headers of [{}, LIES]) {
        const page = await logIn(proxy.origin, { 'accept-language': 'en', ...headers })
        assert.equal(page.status, 422)
        assert.include(page.text, 'DEMO=true')
        assert.equal((await getToken(proxy.origin, headers)).status, 403)
      }
      visitor.origin = proxy.origin
      assert.notInclude((await visitor.visit('/owner/shops')).text, 'Demo Owner')
      const me = await new ApiClient(body.access_token).get('/api/me', { origin: proxy.origin })
      assert.equal(me.status, 403)
    })
  }

  test('a tunnel that leaves no trace publishes none where APP_URL names the site', async ({
    assert,
    cleanup,
  }) => {
    const tunnel = await TcpProxy.to(siteWithAddress.origin())
    await tunnel.open()
    cleanup(() => tunnel.close())
    assert.equal((await logIn(tunnel.url)).status, 422)
    assert.equal((await getToken(tunnel.url, { host: 'localhost' })).status, 403)
    assert.equal((await getToken(siteWithAddress.origin())).status, 403)
  })

  test('DEMO=true publishes them', async ({ assert, cleanup }) => {
    const proxy = await publish(openSite.origin(), { headers: { 'x-forwarded-for': FAR } })
    cleanup(() => proxy.close())
    assert.include((await logIn(proxy.origin)).text, 'Demo Owner')
    assert.equal((await getToken(proxy.origin)).status, 200)
  })
})
