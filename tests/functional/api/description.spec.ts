import { Validator } from '@seriousme/openapi-schema-validator'
import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { describeApi, methodOf } from '#api/openapi'
import { ApiClient, assertDescribed } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'

const routes = () => router.toJSON().root

test.group('The description of the API', (group) => {
  group.setup(emptyDatabase)

  test('has every route under /api and no other', async ({ assert }) => {
    const { body } = await new ApiClient().get('/openapi.json')
    assert.equal(body.openapi, '3.1.0')
    const described = Object.entries<Record<string, unknown>>(body.paths).flatMap(
      ([path, methods]) => {
        return Object.keys(methods).map((method) => `${method} ${path}`)
      }
    )
    const existing = routes()
      .filter(({ pattern }) => pattern.startsWith('/api'))
      .map((route) => `${methodOf(route)} ${route.pattern.replace(/:(\w+)/g, '{$1}')}`)
    assert.sameMembers(described, existing)
  })

  test('is OpenAPI 3.1', async ({ assert }) => {
    const { body } = await new ApiClient().get('/openapi.json')
    const check = (document: Record<string, unknown>) =>
      new Validator().validate(structuredClone(document))
    assert.deepInclude(await check(body), { valid: true })
    assert.deepInclude(await check({ ...body, paths: { '/api/me': { get: 'me' } } }), {
      valid: false,
    })
  })

  test('cannot be made while a route is missing from it', ({ assert }) => {
    const [route] = routes().filter(({ name }) => name === 'api.shops.index')
    const unknown = { ...route, name: 'api.unknown.index' }
    assert.throws(() => describeApi([unknown]), 'The route api.unknown.index has no operation')
  })

  test('an answer with a field or a status that it lacks is an error in every test', async ({
    assert,
  }) => {
    const client = await ApiClient.of(await createUser())
    const answer = await client.get('/api/me')
    const check = (changed: Partial<typeof answer>) => () =>
      assertDescribed('GET', '/api/me', { ...answer, ...changed })
    assert.doesNotThrow(check({}))
    assert.throws(check({ body: { ...answer.body, password: 'x' } }), /additional properties/)
    assert.throws(check({ body: { username: 'meena' } }), /required property/)
    assert.throws(check({ status: 418 }), 'Not described: get /api/me 418')
  })

  test('is what the interactive page shows, with files of this host only', async ({ assert }) => {
    const origin = `http://127.0.0.1:${process.env.PORT}`
    const html = await (await fetch(`${origin}/docs`)).text()
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url)
    assert.isAbove(files.length, 3)
    for (const file of files) {
      assert.match(file, /^\/(?!\/)/)
      assert.equal((await fetch(new URL(file, origin))).status, 200, file)
    }
  })
})
