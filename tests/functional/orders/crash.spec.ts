import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { test } from '@japa/runner'
import Khata from '#models/khata'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const PATIENCE = 45_000

/** A server of its own, on the tests' database, that can be killed. */
async function startServer() {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import=@poppinss/ts-exec', 'bin/server.ts'], {
    cwd: app.makePath(),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: env.get('DATABASE_URL'),
      DATABASE_READ_URL: env.get('DATABASE_READ_URL'),
    },
    stdio: 'ignore',
  })
  const origin = `http://127.0.0.1:${port}`
  await eventually(() => fetch(`${origin}/health/live`), PATIENCE)
  return { child, origin }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Somebody waits for a lock in the middle of writing a khata down. */
async function waitsForKhata() {
  const { rows } = await db.rawQuery(
    `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%khatas%for update%'`
  )
  if (rows.length === 0) throw new Error('Nobody waits')
}

test.group('A server that is killed during checkout', (group) => {
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    customer = await createUser()
    product = await createProduct({ stock: 5 })
    const { shopId } = product
    await Khata.create({ shopId, customerId: customer.id, limitPaise: 1_000_000 })
  })

  test('leaves no half order, and the same submission then places one', async ({
    assert,
    cleanup,
  }) => {
    const { child, origin } = await startServer()
    cleanup(() => void child.kill('SIGKILL'))
    const visitor = await loggedIn(customer, new Visitor({ 'accept-language': 'en' }, origin))
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('form:has([name=buy_now])')
    const { action, fields } = visitor.form('#checkout-form')
    fields.set('payment_method', 'khata')

    const held = await db.transaction()
    await Khata.query({ client: held }).where('customer_id', customer.id).forUpdate()
    const answer = visitor.request('POST', action, fields).catch(() => 'no answer')
    await eventually(waitsForKhata, PATIENCE)
    child.kill('SIGKILL')
    assert.equal(await answer, 'no answer')
    await held.rollback()

    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_locks JOIN pg_class ON oid = relation
         WHERE relname = 'orders' AND mode = 'RowExclusiveLock'`
      )
      assert.lengthOf(rows, 0)
    }, PATIENCE)
    assert.lengthOf(await Order.all(), 0)
    assert.equal((await product.refresh()).stock, 5)

    const again = await loggedIn(customer)
    fields.set('_csrf', await again.csrfToken())
    for (let attempt = 0; attempt < 2; attempt++) await again.request('POST', action, fields)
    assert.lengthOf(await Order.all(), 1)
    assert.equal((await product.refresh()).stock, 4)
  }).timeout(120_000)
})
