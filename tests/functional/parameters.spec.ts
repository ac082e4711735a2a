import { test } from '@japa/runner'
import User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop, createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const MEENA = {
  username: 'meena',
  password: PASSWORD,
  role: 'customer',
  full_name: 'Meena Joshi',
  address: '4 Station Road, Ujjain 456001',
  mobile: '9876501234',
}

test.group('Parameters', (group) => {
  group.each.setup(emptyDatabase)

  test('that come twice, or as something else than a text, are refused', async ({ assert }) => {
    const user = await createUser()
    const visitor = new Visitor()
    for (const name of ['username', 'username[]', 'username[name]']) {
      const body = new URLSearchParams([
        [name, user.username],
        [name, 'other'],
        ['password', PASSWORD],
      ])
      assert.equal((await visitor.request('POST', '/login', body)).status, 422, name)
    }
    for (const username of [['meena'], { name: 'meena' }, 17, true]) {
      const { status } = await new ApiClient().post('/api/register', {
        json: { ...MEENA, username },
      })
      assert.equal(status, 400)
    }
    for (const query of ['q=a&q=b', 'q[]=a', 'q[a]=b', 'city=a&city=b', 'after[]=1', 'page=-1']) {
      for (const path of ['/search', '/shops', '/search/suggestions']) {
        assert.equal((await visitor.visit(`${path}?${query}`)).status, 200, `${path}?${query}`)
      }
    }
  })

  test('in an address do not stand in for those of a form or of a body', async ({ assert }) => {
    const user = await createUser()
    const visitor = new Visitor()
    const body = new URLSearchParams({
      username: 'nobody.here',
      password: 'not this one',
    })
    const query = new URLSearchParams({ username: user.username, password: PASSWORD })
    assert.equal((await visitor.request('POST', `/login?${query}`, body)).status, 422)
    const form = { username: 'nobody.here', password: 'not this one' }
    assert.equal((await new ApiClient().post(`/api/token?${query}`, { form })).status, 400)
    const account = new URLSearchParams(MEENA)
    assert.equal((await new ApiClient().post(`/api/register?${account}`, { json: {} })).status, 400)
    assert.isNull(await User.findBy('username', 'meena'))
  })

  test('that nobody asked for change nothing', async ({ assert }) => {
    const [owner, other] = [await createOwner(), await createOwner()]
    const shop = await createShop({ ownerId: owner.id })
    const visitor = await loggedIn(owner)
    const body = new URLSearchParams({
      '_method': 'PUT',
      'name': 'Gupta Stores',
      'shown[name]': shop.name,
      'owner_id': other.id,
      'ownerId': other.id,
      'closed_at': '2020-01-01',
      'id': other.id,
    })
    await visitor.request('POST', `/owner/shops/${shop.id}?_method=PUT`, body)
    await shop.refresh()
    assert.equal(shop.name, 'Gupta Stores')
    assert.equal(shop.ownerId, owner.id)
    assert.isNull(shop.closedAt)
    const json = {
      ...MEENA,
      id: other.id,
      is_admin: true,
      abilities: ['*'],
      created_at: '2020-01-01',
    }
    assert.equal((await new ApiClient().post('/api/register', { json })).status, 201)
    const meena = await User.findByOrFail('username', 'meena')
    assert.notEqual(meena.id, other.id)
    assert.isAbove(meena.createdAt.year, 2020)
    assert.equal((await (await ApiClient.of(meena)).get('/api/debug/db')).status, 403)
  })

  test('reach no prototype', async ({ assert }) => {
    const polluted = '{"__proto__":{"role":"shopowner"},"constructor":{"prototype":{"x":1}}'
    const fields = JSON.stringify(MEENA).slice(1)
    const headers = { 'content-type': 'application/json' }
    const sent = await new ApiClient().post('/api/register', {
      headers,
      text: `${polluted},${fields}`,
    })
    assert.equal(sent.status, 201)
    const visitor = new Visitor()
    for (const path of ['/shops', '/search']) {
      const query = '__proto__[role]=shopowner&constructor[prototype][role]=shopowner&q=a'
      assert.equal((await visitor.visit(`${path}?${query}`)).status, 200)
    }
    assert.isUndefined(({} as Record<string, unknown>).role)
    assert.isUndefined(({} as Record<string, unknown>).x)
    assert.equal((await User.findByOrFail('username', 'meena')).role, 'customer')
  })

  test('hold no token: that is in a header or nowhere', async ({ assert }) => {
    const { token } = await ApiClient.of(await createUser())
    for (const name of ['access_token', 'token', 'authorization']) {
      assert.equal((await new ApiClient().get(`/api/me?${name}=${token}`)).status, 401)
    }
  })

  test('of a login lead back to this site alone', async ({ assert }) => {
    const user = await createUser()
    for (const elsewhere of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      'javascript:1',
    ]) {
      const guest = new Visitor()
      const body = new URLSearchParams({
        username: user.username,
        password: PASSWORD,
        return_to: elsewhere,
      })
      const response = await guest.send('POST', '/login', body)
      assert.equal(response.headers.get('location'), '/shops', elsewhere)
    }
  })

  test('that name a session without its signature name none', async ({ assert }) => {
    const visitor = await loggedIn(await createUser())
    const [cookie, signed] = [...visitor.cookies].find(([name]) => name.endsWith('kirana_session'))!
    const { message } = JSON.parse(
      Buffer.from(decodeURIComponent(signed).slice(2).split('.')[0], 'base64url').toString()
    )
    assert.match(message, /^[0-9a-f-]{36}$/)
    for (const forged of [message, `s:${message}`, signed.slice(0, -4) + 'AAAA']) {
      const thief = new Visitor()
      thief.cookies.set(cookie, forged)
      assert.match((await thief.visit('/orders')).path, /^\/login/)
    }
  })

  test('that were signed for another name are nothing', async ({ assert }) => {
    const visitor = await loggedIn(await createUser())
    const names = [...visitor.cookies.keys()]
    const session = names.find((name) => name.endsWith('kirana_session'))!
    const known = names.find((name) => name.endsWith('known'))!
    const signed = visitor.cookies.get(known)!
    visitor.cookies.set(known, visitor.cookies.get(session)!)
    assert.equal((await visitor.visit('/orders')).path, '/orders')
    visitor.cookies.set(session, signed)
    assert.match((await visitor.visit('/orders')).path, /^\/login/)
  })
})
