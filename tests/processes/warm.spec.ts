import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { ServerProcess } from '#tests/helpers/server_process'
import { API } from '../functional/authorisation/api_table.js'
import { askAsProgram, askAsVisitor, requestIn } from '../functional/authorisation/ask.js'
import { Crowd } from '../functional/authorisation/crowd.js'
import { OWNER_PAGES } from '../functional/authorisation/owner_page_table.js'
import { PAGES as CUSTOMER_PAGES } from '../functional/authorisation/page_table.js'
import { CALLERS, VISITORS, type Row } from '../functional/authorisation/rules.js'
import { SERVICES } from '../functional/authorisation/service_table.js'
import { createThings } from '../functional/authorisation/world.js'

const LONG = 120_000
const PAGES = { ...CUSTOMER_PAGES, ...OWNER_PAGES }
const FRAGMENT = { 'hx-request': 'true', 'hx-request-type': 'partial' }

/** Who may and who may not, each by the first of them. */
function actorsOf<Actor extends string>(
  { who }: Row<Record<Actor, unknown>>,
  all: readonly Actor[]
) {
  return [true, false]
    .map((isAllowed) => all.find((actor) => (who[actor] === 'ok') === isAllowed))
    .filter((actor) => actor !== undefined)
}

/** Every kind of request: each route, by who may and who may not, whole and as a fragment, valid and not. */
async function askEverything() {
  const crowd = await Crowd.gather()
  let world = await createThings(crowd.people)
  for (const [route, row] of Object.entries(PAGES)) {
    const request = requestIn(world, route, row)
    for (const actor of actorsOf(row, VISITORS)) {
      const visitor = await crowd.visitor(actor)
      await askAsVisitor(visitor, { ...request, sends: {} }, FRAGMENT)
      if (request.method !== 'GET') await askAsVisitor(visitor, { ...request, sends: {} })
      await askAsVisitor(visitor, request)
    }
    if (request.method !== 'GET') world = await createThings(crowd.people)
    if (row.ends) crowd.comeAgain()
  }
  for (const [route, row] of Object.entries(API)) {
    const request = requestIn(world, route, row)
    for (const actor of actorsOf(row, CALLERS)) {
      await askAsProgram({ ...request, sends: {} }, await crowd.bearer(actor))
      await askAsProgram(request, await crowd.bearer(actor))
    }
    if (request.method !== 'GET') world = await createThings(crowd.people)
    if (row.ends) crowd.comeAgain()
  }
  for (const route of Object.keys(SERVICES)) await askAsProgram(requestIn(world, route), {})
  for (const path of ['/app.css', '/nothing', '/api/nothing']) {
    await askAsProgram({ method: 'GET', path, sends: {} }, {})
  }
}

test.group('A compiled server that was asked everything', (group) => {
  const directory = mkdtempSync(join(tmpdir(), 'kirana-lateness-'))
  const file = join(directory, 'lines')
  const { PORT } = process.env
  let server: ServerProcess

  group.each.timeout(LONG * 4)
  group.setup(async () => {
    await emptyDatabase()
    const hook = `--import=${app.makePath('tests/helpers/lateness.ts')}`
    server = await ServerProcess.startCompiled([hook], { LATENESS: file })
    process.env.PORT = new URL(server.url).port
    await eventually(async () => {
      if ((await server.status('/health/ready')) !== 200) throw new Error(server.output)
    }, LONG)
    return async () => {
      await server.stop()
      process.env.PORT = PORT
      rmSync(directory, { recursive: true })
      await emptyDatabase()
    }
  })

  /** A replica that was slow gets a new pool, which asks for its driver. */
  const noted = () => {
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    return lines.filter((line) => !/^module pg for .*\/knex\//.test(line))
  }

  test('resolves no module and compiles no template when it is asked again', async ({ assert }) => {
    await askEverything()
    const before = noted()
    assert.isTrue(before.some((line) => line.startsWith('template')))
    await db.rawQuery('TRUNCATE users, shops, products CASCADE')
    await askEverything()
    assert.deepEqual([...new Set(noted().slice(before.length))], [])
  })
})
