import config from '@adonisjs/core/services/config'
import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const PROXIES: Record<string, string>[] = [
  { 'x-forwarded-for': '203.0.113.7' },
  { forwarded: 'for=203.0.113.7' },
  { via: '1.1 proxy' },
  { 'x-real-ip': '203.0.113.7' },
  { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost' },
]

async function attempt(visitor: Visitor, username = 'owner', password = PASSWORD) {
  await visitor.visit('/login')
  return visitor.submit('form[action*="/login"]', { username, password })
}

function getToken(headers?: Record<string, string>, password = PASSWORD) {
  return new ApiClient().post('/api/token', { form: { username: 'owner', password }, headers })
}

test.group('Demo accounts', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await createUser({ username: 'owner', fullName: 'Demo Owner', role: 'shopowner', isDemo: true })
    await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const { appUrl } = config.get<{ appUrl: string }>('app')
    return () => {
      config.set('demo.open', undefined)
      config.set('app.appUrl', appUrl)
    }
  })

  test('can be used on the machine itself, on pages and by programs', async ({ assert }) => {
    assert.include((await attempt(new Visitor())).text, 'Demo Owner')
    assert.equal((await getToken()).status, 200)
  })

  test('are refused through a proxy, with a line that says how to turn them on', async ({
    assert,
  }) => {
    for (const headers of PROXIES) {
      const page = await attempt(new Visitor({ 'accept-language': 'en', ...headers }))
      assert.equal(page.status, 422, JSON.stringify(headers))
      assert.include(page.$('#session-form').text(), 'Demo accounts are turned off here')
      assert.include(page.$('#session-form').text(), 'DEMO=true')
      assert.equal(page.$('[name=username]').val(), 'owner')
      const { status, body } = await getToken(headers)
      assert.equal(status, 403)
      assert.include(body.detail, 'DEMO=true')
    }
  })

  test('are refused in Hindi too', async ({ assert }) => {
    const page = await attempt(new Visitor({ 'accept-language': 'hi', 'via': '1.1 proxy' }))
    assert.include(page.$('#session-form').text(), 'डेमो अकाउंट यहाँ बंद हैं')
  })

  test('do not tell through a proxy whether a password is right', async ({ assert }) => {
    const [headers] = PROXIES
    const right = await getToken(headers)
    const wrong = await getToken(headers, 'Wrong@1234')
    assert.deepEqual(wrong.body, right.body)
  })

  test('are refused in a session that began where they are on', async ({ assert }) => {
    const { cookies } = await loggedIn({ username: 'owner' } as any)
    for (const headers of PROXIES) {
      const visitor = new Visitor(headers)
      for (const [name, value] of cookies) visitor.cookies.set(name, value)
      const page = await visitor.visit('/owner/shops')
      assert.equal(page.path.split('?')[0], '/login')
      assert.notInclude(page.text, 'Demo Owner')
    }
    const visitor = new Visitor()
    for (const [name, value] of cookies) visitor.cookies.set(name, value)
    assert.equal((await visitor.visit('/owner/shops')).status, 200)
  })

  test('are refused with a token that was issued where they are on', async ({ assert }) => {
    const client = new ApiClient((await getToken()).body.access_token)
    assert.equal((await client.get('/api/me')).status, 200)
    for (const headers of PROXIES) {
      const { status, body } = await client.get('/api/me', { headers })
      assert.equal(status, 403)
      assert.include(body.detail, 'DEMO=true')
    }
    assert.equal((await client.get('/api/me')).status, 200)
  })

  test('are refused where people come by a public address', async ({ assert }) => {
    config.set('app.appUrl', 'https://kirana.example')
    assert.equal((await attempt(new Visitor())).status, 422)
    assert.equal((await getToken()).status, 403)
  })

  test('can be used from everywhere with DEMO=true', async ({ assert }) => {
    config.set('demo.open', true)
    config.set('app.appUrl', 'https://kirana.example')
    for (const headers of PROXIES) {
      assert.include((await attempt(new Visitor(headers))).text, 'Demo Owner')
      assert.equal((await getToken(headers)).status, 200)
    }
  })

  test('can be used nowhere with DEMO=false', async ({ assert }) => {
    config.set('demo.open', false)
    assert.equal((await attempt(new Visitor())).status, 422)
    assert.equal((await getToken()).status, 403)
  })

  test('leave the accounts of people alone', async ({ assert }) => {
    config.set('demo.open', false)
    config.set('app.appUrl', 'https://kirana.example')
    for (const headers of PROXIES) {
      assert.include((await attempt(new Visitor(headers), 'asha')).text, 'Asha Verma')
    }
  })

  test('are made by the seed alone: nobody registers as such', async ({ assert }) => {
    const form = {
      ...{ username: 'meena', full_name: 'Meena Joshi', address: '4 Station Road, Ujjain' },
      ...{ mobile: '9876501234', password: PASSWORD, role: 'customer', is_demo: true },
    }
    const { status } = await new ApiClient().post('/api/register', {
      json: { ...form, isDemo: true },
    })
    assert.equal(status, 201)
    config.set('demo.open', false)
    assert.include((await attempt(new Visitor(), 'meena')).text, 'Meena Joshi')
  })
})
