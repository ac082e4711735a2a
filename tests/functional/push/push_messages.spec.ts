import { createVerify, createPublicKey } from 'node:crypto'
import config from '@adonisjs/core/services/config'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'
import { claimMessages } from '#push/push_queue'
import { pushKey } from '#push/push_settings'
import { PushSender } from '#push/push_sender'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'
import { PushedBrowser, PushService } from '#tests/helpers/push_service'
import type { Visitor } from '#tests/helpers/visitor'

const count = async (table: string) => Number((await db.from(table).count('* as n'))[0].n)

/** Messages that wait for their next try are due now. */
const letTimePass = () => db.rawQuery('UPDATE push_messages SET due_at = now()')

test.group('Push messages', (group) => {
  let service: PushService
  let owner: User
  let customer: User
  let product: Product
  let visitor: Visitor
  let phone: PushedBrowser

  const sender = () => new PushSender(db, logger, 1_000)
  const order = (values = {}) => createOrder({ customer, product, ...values })

  group.each.setup(async () => {
    await emptyDatabase()
    service = new PushService()
    const stop = await service.start()
    owner = await createOwner()
    customer = await createUser({ fullName: 'Asha Verma' })
    const shop = await createShop({ ownerId: owner.id, name: 'Gupta Kirana' })
    product = await createProduct({ shopId: shop.id, stock: 100, name: 'Besan' })
    visitor = await loggedIn(owner)
    phone = new PushedBrowser(service)
    await phone.subscribe(visitor)
    return stop
  })

  test('tell the owner that there is an order, and nothing about it', async ({ assert }) => {
    const { id } = await order()
    await sender().send()
    assert.lengthOf(phone.messages, 1)
    const [message] = phone.messages
    assert.deepEqual(Object.keys(message).toSorted(), ['lang', 'tag', 'title', 'url'])
    assert.containSubset(message, { title: 'New order', lang: 'en', url: '/owner/orders' })
    for (const secret of ['Asha', 'Verma', 'MG Road', '52', 'Besan', 'Gupta', id, product.shopId]) {
      assert.notInclude(JSON.stringify({ ...message, tag: '' }), secret)
      assert.notInclude(JSON.stringify(phone.received[0].headers).replace(/\d+/g, ''), secret)
    }
    assert.notInclude(phone.received[0].body.toString('latin1'), 'New order')
    assert.equal(await count('push_messages'), 0)
  })

  test('are signed, encrypted and of use for an hour', async ({ assert }) => {
    await order()
    await sender().send()
    const [{ headers }] = phone.received
    assert.equal(headers['content-encoding'], 'aes128gcm')
    assert.equal(headers.urgency, 'high')
    assert.match(headers.topic as string, /^[\w-]{32}$/)
    assert.isAbove(Number(headers.ttl), 3_500)
    assert.isAtMost(Number(headers.ttl), 3_600)

    const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization!)!
    assert.equal(key, pushKey())
    const [head, claims, signature] = token.split('.')
    const point = Buffer.from(key, 'base64url')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
      part.toString('base64url')
    )
    const verifier = createVerify('sha256').update(`${head}.${claims}`)
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    const isSigned = verifier.verify(
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url')
    )
    assert.isTrue(isSigned)
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
    assert.equal(said.aud, service.origin)
    assert.equal(said.sub, config.get('push.contact'))
  })

  test('are in the language of the account, or else of the page', async ({ assert }) => {
    await order()
    await owner.merge({ locale: 'hi' }).save()
    await sender().send()
    assert.equal(phone.messages[0].title, 'नया ऑर्डर')
  })

  test('come to every phone of the owner, and are told apart by shop', async ({ assert }) => {
    const other = new PushedBrowser(service)
    await other.subscribe(await loggedIn(owner))
    const second = await createShop({ ownerId: owner.id })
    const rice = await createProduct({ shopId: second.id })
    await order()
    await order()
    await order({ product: rice })
    await sender().send()
    for (const { messages } of [phone, other]) assert.lengthOf(messages, 3)
    const tags = phone.messages.map(({ tag }) => tag)
    assert.lengthOf(new Set(tags), 2)
    assert.notInclude(
      other.messages.map(({ tag }) => tag),
      tags[0]
    )
    const topics = phone.received.map(({ headers }) => headers.topic)
    assert.sameMembers([...new Set(topics)], [...new Set(tags)])
  })

  test('are queued only when their order is placed', async ({ assert }) => {
    const request = requestFor([{ product, quantity: 1_000 }])
    await assert.rejects(() => place(customer, product.shopId, request))
    assert.equal(await count('push_messages'), 0)
    await order()
    assert.equal(await count('push_messages'), 1)
  })

  test('do not keep an order from being placed while a login ends', async ({ assert }) => {
    const ending = await db.transaction()
    await ending.from('sessions').where('user_id', owner.id).delete()
    await order()
    await ending.commit()
    assert.equal(await count('push_messages'), 0)
    assert.equal(await count('orders'), 1)
  })

  test('are sent once by several servers', async ({ assert }) => {
    for (let n = 0; n < 5; n++) await order()
    await Promise.all([sender().send(), sender().send(), sender().send()])
    await sender().send()
    assert.lengthOf(phone.received, 5)
  })

  test('of a server that ends are sent by another one', async ({ assert }) => {
    await order()
    assert.lengthOf(await claimMessages(20, db.connection()), 1)
    await sender().send()
    assert.lengthOf(phone.received, 0)
    await letTimePass()
    await sender().send()
    assert.lengthOf(phone.received, 1)
  })

  test('are tried again when the connection breaks', async ({ assert }) => {
    await order()
    service.answers.push((response) => response.destroy())
    await sender().send()
    assert.lengthOf(phone.received, 1)
    await sender().send()
    assert.lengthOf(phone.received, 1)
    await letTimePass()
    await sender().send()
    assert.lengthOf(phone.received, 2)
    assert.equal(await count('push_messages'), 0)
  })

  for (const status of [404, 410]) {
    test(`end with their subscription when the service says ${status}`, async ({ assert }) => {
      await order()
      service.answerWith(status)
      await sender().send()
      assert.equal(await count('push_subscriptions'), 0)
      assert.equal(await count('push_messages'), 0)
      await order()
      await sender().send()
      assert.lengthOf(phone.received, 1)
    })
  }

  for (const status of [500, 503, 429]) {
    test(`are tried again later when the service says ${status}`, async ({ assert }) => {
      await order()
      service.answerWith(status)
      service.answerWith(status)
      await sender().send()
      await sender().send()
      assert.lengthOf(phone.received, 1)
      const pauses: number[] = []
      for (let n = 0; n < 2; n++) {
        const { rows } = await db.rawQuery(
          'SELECT extract(epoch FROM due_at - now())::float AS pause FROM push_messages'
        )
        pauses.push(rows[0].pause)
        await letTimePass()
        await sender().send()
        if (n === 0) assert.lengthOf(phone.received, 2)
      }
      assert.isAbove(pauses[0], 3)
      assert.isAbove(pauses[1], pauses[0] + 3)
      assert.lengthOf(phone.received, 3)
      assert.equal(await count('push_messages'), 0)
    })
  }

  test('wait as long as the service asks for', async ({ assert }) => {
    await order()
    service.answerWith(429, { 'retry-after': '120' })
    await sender().send()
    const { rows } = await db.rawQuery(
      'SELECT extract(epoch FROM due_at - now())::float AS pause FROM push_messages'
    )
    assert.closeTo(rows[0].pause, 120, 5)
  })

  test('are given up after an hour', async ({ assert }) => {
    await order()
    await db.rawQuery('UPDATE push_messages SET expires_at = now()')
    await sender().send()
    assert.lengthOf(phone.received, 0)
    assert.equal(await count('push_messages'), 0)
  })

  test('are not sent for an order that was answered meanwhile', async ({ assert }) => {
    await moveTo(await order(), 'accepted', owner)
    await sender().send()
    assert.lengthOf(phone.received, 0)
    assert.equal(await count('push_messages'), 0)
  })

  test('are not sent for a shop that is no longer the owner’s', async ({ assert }) => {
    await order()
    const other = await createOwner()
    await Shop.query().where('id', product.shopId).update({ owner_id: other.id })
    await sender().send()
    assert.lengthOf(phone.received, 0)
    await order()
    assert.equal(await count('push_messages'), 0)
  })

  test('are not sent where a service leads on to', async ({ assert }) => {
    await order()
    service.answerWith(307, { location: `${service.origin}/elsewhere` })
    await sender().send()
    assert.deepEqual(
      service.received.map(({ path }) => service.origin + path),
      [phone.endpoint]
    )
    assert.equal(await count('push_messages'), 0)
  })

  test('are not sent to an address that is not a push service', async ({ assert }) => {
    await order()
    config.set('push.uncheckedOrigins', [])
    await sender().send()
    assert.lengthOf(service.received, 0)
  })
})

test.group('Push subscriptions', (group) => {
  let service: PushService
  let owner: User
  let visitor: Visitor
  let phone: PushedBrowser

  group.each.setup(async () => {
    await emptyDatabase()
    service = new PushService()
    const stop = await service.start()
    owner = await createOwner()
    await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    phone = new PushedBrowser(service)
    return stop
  })

  const isOn = async (who: Visitor) =>
    (await who.visit('/owner/orders')).$('[data-push]').attr('data-is-on') === 'yes'

  test('are turned on and off by each browser for itself', async ({ assert }) => {
    const laptop = await loggedIn(owner)
    assert.isFalse(await isOn(visitor))
    assert.equal((await phone.subscribe(visitor)).status, 204)
    assert.isTrue(await isOn(visitor))
    assert.isFalse(await isOn(laptop))
    assert.equal((await visitor.request('DELETE', '/account/push-subscription')).status, 204)
    assert.isFalse(await isOn(visitor))
  })

  test('are one for each login', async ({ assert }) => {
    await phone.subscribe(visitor)
    await phone.subscribe(visitor)
    await new PushedBrowser(service).subscribe(visitor)
    assert.equal(await count('push_subscriptions'), 1)
  })

  test('pass to the login that uses the browser now', async ({ assert }) => {
    await phone.subscribe(visitor)
    const other = await loggedIn(await createOwner())
    await phone.subscribe(other)
    assert.isFalse(await isOn(visitor))
    assert.isTrue(await isOn(other))
  })

  test('are exchanged by two logins at once', async ({ assert }) => {
    const other = await loggedIn(owner)
    let phones = [phone, new PushedBrowser(service)]
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all([phones[0].subscribe(visitor), phones[1].subscribe(other)])
      assert.deepEqual(
        answers.map(({ status }) => status),
        [204, 204],
        `round ${round}`
      )
      assert.equal(await count('push_subscriptions'), 2)
      phones = phones.toReversed()
    }
  })

  test('come to one address, however it is written', async ({ assert }) => {
    const stored = 'https://fcm.googleapis.com/fcm/send/abc'
    for (const endpoint of [
      stored,
      'https://fcm.googleapis.com:443/fcm/send/abc',
      'https://fcm.googleapis.com/fcm/send/abc#more',
      'https://ｆｃｍ.googleapis.com/fcm/send/abc',
      'HTTPS://FCM.googleapis.com/x/../fcm/send/abc',
    ]) {
      const fields = phone.fields
      fields.set('endpoint', endpoint)
      const other = await loggedIn(owner)
      const { status } = await other.request('PUT', '/account/push-subscription', fields)
      assert.equal(status, 204, endpoint)
      assert.deepEqual(await db.from('push_subscriptions').select('endpoint'), [
        { endpoint: stored },
      ])
    }
  })

  for (const [what, field, value] of [
    ['a key that no server has', 'server_key', new PushedBrowser(new PushService()).key],
    ['a key that is no point of the curve', 'p256dh', `B${'A'.repeat(85)}E`],
    ['a key of another form', 'p256dh', 'A'.repeat(87)],
  ]) {
    test(`are refused with ${what}`, async ({ assert }) => {
      const fields = phone.fields
      fields.set(field, value)
      const { status } = await visitor.request('PUT', '/account/push-subscription', fields)
      assert.equal(status, 422)
      assert.equal(await count('push_subscriptions'), 0)
    })
  }

  test('that a browser renews by itself replace the old one, and turn nothing on', async ({
    assert,
  }) => {
    const renewed = async (who: Visitor) => {
      const { fields, endpoint } = new PushedBrowser(service)
      fields.set('renewal', 'true')
      assert.equal((await who.request('PUT', '/account/push-subscription', fields)).status, 204)
      return endpoint
    }
    await phone.subscribe(visitor)
    const endpoint = await renewed(visitor)
    await renewed(await loggedIn(await createOwner()))
    assert.deepEqual(await db.from('push_subscriptions').select('endpoint'), [{ endpoint }])
  })

  test('are neither taken nor used while push is off', async ({ assert }) => {
    const laptop = await loggedIn(owner)
    await phone.subscribe(visitor)
    const { fields } = phone
    const contact = config.get('push.contact')
    config.set('push.contact', null)
    try {
      const { status } = await laptop.request('PUT', '/account/push-subscription', fields)
      assert.equal(status, 404)
      const shop = await Shop.findByOrFail('owner_id', owner.id)
      const product = await createProduct({ shopId: shop.id })
      await createOrder({ customer: await createUser(), product })
      assert.equal(await count('push_messages'), 0)
      assert.equal((await visitor.request('DELETE', '/account/push-subscription')).status, 204)
    } finally {
      config.set('push.contact', contact)
    }
  })

  test('end at logout', async ({ assert }) => {
    await phone.subscribe(visitor)
    await visitor.visit('/shops')
    await visitor.submit('form[action*="/logout"]')
    assert.equal(await count('push_subscriptions'), 0)
  })

  test('end when the account is blocked', async ({ assert }) => {
    await phone.subscribe(visitor)
    await owner.block()
    assert.equal(await count('push_subscriptions'), 0)
  })

  test('end when all logins are ended', async ({ assert }) => {
    await phone.subscribe(visitor)
    await new PushedBrowser(service).subscribe(await loggedIn(owner))
    await owner.endSessions()
    assert.equal(await count('push_subscriptions'), 0)
  })

  test('end with a changed password, but for the browser that changed it', async ({ assert }) => {
    await phone.subscribe(visitor)
    await new PushedBrowser(service).subscribe(await loggedIn(owner))
    const { session_id: kept } = await db.from('push_subscriptions').orderBy('id').firstOrFail()
    await owner.setPassword('Other@1234', { except: kept })
    assert.equal(await count('push_subscriptions'), 1)
  })

  for (const [what, endpoint] of Object.entries({
    'over plain http': 'http://fcm.googleapis.com/fcm/send/abc',
    'at an address of this machine': 'https://127.0.0.1/abc',
    'in the network of the server': 'https://169.254.169.254/latest/meta-data',
    'at a host that nobody knows': 'https://push.example.com/abc',
    'at a host that only begins like one': 'https://fcm.googleapis.com.example.com/abc',
    'at a host that only ends like one': 'https://evilfcm.googleapis.com/abc',
    'at another port': 'https://fcm.googleapis.com:8443/abc',
    'with a password': 'https://user:secret@fcm.googleapis.com/abc',
    'that is none': 'fcm',
  })) {
    test(`are refused ${what}`, async ({ assert }) => {
      const fields = phone.fields
      fields.set('endpoint', endpoint)
      const { status } = await visitor.request('PUT', '/account/push-subscription', fields)
      assert.equal(status, 422)
      assert.equal(await count('push_subscriptions'), 0)
    })
  }

  test('are taken at the services of browsers', async ({ assert }) => {
    for (const endpoint of [
      'https://fcm.googleapis.com/fcm/send/abc:def',
      'https://updates.push.services.mozilla.com/wpush/v2/abc',
      'https://web.push.apple.com/abc',
      'https://wns2-par02p.notify.windows.com/w/?token=abc',
    ]) {
      const fields = phone.fields
      fields.set('endpoint', endpoint)
      const { status } = await visitor.request('PUT', '/account/push-subscription', fields)
      assert.equal(status, 204, endpoint)
    }
  })

  test('are offered on the page of a shop’s settings, and not while push is off', async ({
    assert,
  }) => {
    const shop = await Shop.findByOrFail('owner_id', owner.id)
    const settings = `/owner/shops/${shop.id}/settings`
    assert.lengthOf((await visitor.visit(settings)).$('[data-push]'), 1)
    const contact = config.get('push.contact')
    config.set('push.contact', null)
    try {
      assert.lengthOf((await visitor.visit(settings)).$('[data-push], noscript'), 0)
      assert.lengthOf((await visitor.visit('/owner/orders')).$('[data-push]'), 0)
    } finally {
      config.set('push.contact', contact)
    }
  })
})
