import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { users } from '#database/demo/generator'
import { DEMO_SIZE } from '#database/demo/options'
import { quantile } from '#bench/latency'
import { Connection, requestOf } from '#bench/load/connection'
import { Visitor } from '#tests/helpers/visitor'
import { firstShop, logIn } from './people.js'
import type { Production } from './production.js'

const STREAMS_OF_A_PERSON = 10
const WARM_UP = 20

/** Rest of a guest between two looks, in milliseconds. */
const PAUSE = 1

/** From the moment an owner sends a new price until a guest has received a page with it. */
export async function freshness(production: Production, { streams, updates }: Options) {
  const { url, settings } = production
  const owners = Math.ceil(streams / STREAMS_OF_A_PERSON)
  await promisify(execFile)(process.execPath, ['ace.js', 'seed:demo', `--owners=${owners}`], {
    cwd: settings.root,
    env: { ...process.env, DATA_DIR: settings.directory },
  })
  const open = await openStreams(url, owners)
  const guest = await Connection.open(url)
  const owner = await logIn(url, 'owner')
  const shop = await firstShop(owner, '/owner/shops')
  const product = await firstProduct(url, shop)
  const sent: number[] = []
  const answered: number[] = []
  for (let update = -WARM_UP; update < updates; update++) {
    const price = `${500 + update}.25`
    await owner.visit(`/owner/shops/${shop}/products/${product}/edit`)
    const { action, fields } = owner.form(`form[action*="${product}"]:has([name=price])`)
    fields.set('price', price)
    fields.set('mrp', '')
    const request = requestOf(new URL(`/shops/${shop}`, url), GUEST)
    const before = performance.now()
    const saving = owner.send('POST', action, fields).then((response) => {
      if (response.status !== 303) throw new Error(`Saving answered ${response.status}`)
      owner.keepCookies(response)
      return performance.now()
    })
    const seenAt = await shows(guest, request, `₹${price}`)
    const savedAt = await saving
    if (update < 0) continue
    sent.push(seenAt - before)
    answered.push(Math.max(0, seenAt - savedAt))
  }
  const { open: still } = open
  for (const stream of open.controllers) stream.abort()
  guest.close()
  return { streams: still, sent: summary(sent), answered: summary(answered) }
}

interface Options {
  streams: number
  updates: number
}

const GUEST = { 'accept-encoding': 'gzip', 'accept-language': 'en' }

async function shows(guest: Connection, request: Buffer, text: string) {
  for (;;) {
    const { body, head } = await guest.ask(request)
    const seenAt = performance.now()
    const page = /content-encoding: *gzip/i.test(head) ? gunzipSync(body) : body
    if (page.includes(text)) return seenAt
    await delay(PAUSE)
  }
}

async function firstProduct(url: URL, shop: string) {
  const { $ } = await new Visitor(undefined, url.origin).visit(`/shops/${shop}`)
  return $('form[action*="/cart/items"] [name=product_id]').first().attr('value')!
}

/** Live pages of owners; each person has as many as the server keeps open. */
async function openStreams(url: URL, owners: number) {
  const controllers: AbortController[] = []
  const counted = { controllers, open: 0 }
  const names = [...users({ ...DEMO_SIZE, owners, customers: 0 })].map(({ username }) => username)
  for (const username of names) {
    const visitor = await logIn(url, username)
    for (let stream = 0; stream < STREAMS_OF_A_PERSON; stream++) {
      const controller = new AbortController()
      const response = await fetch(new URL('/orders/stream', url), {
        headers: { cookie: visitor.cookieHeader },
        signal: controller.signal,
      })
      if (!response.ok) throw new Error(`A stream answered ${response.status}`)
      controllers.push(controller)
      counted.open++
      read(response).then(() => counted.open--)
    }
  }
  return counted
}

/** Resolves when the stream ends. */
async function read(response: Response) {
  try {
    for await (const chunk of response.body!) void chunk
  } catch {}
}

function summary(times: number[]) {
  const sorted = times.toSorted((one, other) => one - other)
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}
