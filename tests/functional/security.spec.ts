import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'
import { FROM_OUR_PAGES, Visitor } from '#tests/helpers/visitor'

const PAGES = ['/', '/shops', '/search?q=atta', '/cart', '/login', '/register/customer', '/nowhere']

test.group('Security', (group) => {
  group.setup(emptyDatabase)

  test('pages forbid inline scripts, and styles other than our stylesheets', async ({ assert }) => {
    for (const path of PAGES) {
      for (const visitor of [new Visitor(), new Visitor({ 'sec-fetch-site': 'none' })]) {
        const { html, headers } = await visitor.visit(path)
        const forbidden = /<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|\sstyle=|javascript:/i
        assert.notMatch(html, forbidden, path)
        const policy = headers.get('content-security-policy')!
        assert.match(policy, /script-src 'self';/, path)
        assert.match(policy, /style-src 'self'( 'sha256-[\w+/]{43}=')*;/, path)
        if (path === '/nowhere') continue
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
        assert.equal(headers.get('x-frame-options'), 'DENY', path)
      }
    }
  })

  test('the session cookie is not for scripts or other sites', async ({ assert }) => {
    const { username } = await createUser()
    const response = await fetch(`http://127.0.0.1:${process.env.PORT}/login`, {
      method: 'POST',
      headers: FROM_OUR_PAGES,
      body: new URLSearchParams({ username, password: PASSWORD }),
      redirect: 'manual',
    })
    const cookie = response.headers
      .getSetCookie()
      .find((text) => text.startsWith('kirana_session'))!
    assert.match(cookie, /HttpOnly/i)
    assert.match(cookie, /SameSite=Lax/i)
  })

  test('a body over the limit is refused as too large', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit('/login')
    const page = await visitor.submit('form[action*="/login"]', { username: 'a'.repeat(200_000) })
    assert.equal(page.status, 413)
  })

  test('the language switch leads back to this site only', async ({ assert }) => {
    const visitor = new Visitor()
    const switchTo = async (back: string) => {
      const body = new URLSearchParams({ locale: 'hi', back })
      return visitor.request('POST', '/language', body)
    }
    assert.equal((await switchTo('/shops?city=Pune')).path, '/shops?city=Pune')
    for (const back of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      'javascript:1',
      '/a\0b',
    ]) {
      assert.equal((await switchTo(back)).status, 422, back)
    }
  })

  test('what a visitor types is shown as text', async ({ assert }) => {
    const { html } = await new Visitor().visit('/search?q=<script>alert(1)</script>')
    assert.notInclude(html, '<script>alert')
  })
})
