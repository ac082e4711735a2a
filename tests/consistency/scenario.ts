import { setTimeout as delay } from 'node:timers/promises'
import { Random } from '#database/demo/random'
import Product from '#models/product'
import type { Replication } from '#replication/replication'
import { newSession } from '#tests/helpers/caching'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop } from '#tests/helpers/factories'
import { Actor, type ShopInPlay, type World } from './actors.js'
import { Chaos, type Running } from './chaos.js'
import { History } from './checker.js'
import type { Platform } from './platform.js'
import { systems, versions, type System } from './systems.js'
import { UnrulyDelivery } from './unruly_delivery.js'

const SHOPS = 3
const PRODUCTS = 4
/** How many of each visitor's steps are writes. */
const VISITORS = [0.4, 0.4, 0.15, 0.15, 0.02, 0.02, 0.02, 0.02]
const NOTE_EVERY = 200

const writingOf = (visitor: number) => VISITORS[visitor] ?? 0

/** The same seed makes the same steps and faults. */
export interface Run {
  seed: number
  seconds: number
  /** The first eight write too. */
  visitors?: number
}

export interface Outcome {
  seed: number
  seconds: number
  writes: number
  chaos: Map<string, number>
  ours: System
  naive: System
}

/** Runs visitors and faults for a while, against the application's cache and the usual one at once. */
export async function scenario(
  platform: Platform,
  { seed, seconds, visitors = VISITORS.length }: Run
) {
  await emptyDatabase()
  const randomOf = (kind: number) => (index: number) => new Random(seed, kind, index)
  const slow = randomOf(1)(0)
  const { replication, ours, naive } = await systems(platform, async () => {
    if (slow.below(3) === 0) await delay(slow.below(60))
  })
  const shops = await Promise.all(Array.from({ length: SHOPS }, openShop))
  const world: World = { shops, history: new History(), systems: [ours, naive], writes: 0 }
  const running = world.systems.map((system, index) => {
    return { system, delivery: new UnrulyDelivery(system.listener, randomOf(2)(index)) }
  })
  const chaos = new Chaos(platform, running, randomOf(3))
  const end = new AbortController()
  const note = setInterval(() => replication.notePosition().catch(() => {}), NOTE_EVERY)
  let disturbed = Promise.resolve()
  try {
    for (const { system, delivery } of running) {
      await system.forget()
      await system.feed.start(delivery)
    }
    const written = AbortSignal.timeout(seconds * 1_000)
    const actors = Array.from({ length: visitors }, (_, index) => {
      return new Actor(`visitor ${index + 1}`, world, randomOf(4)(index), writingOf(index))
    })
    const acts = actors.map((actor) => actor.act(written, end.signal))
    // The last faults end when nobody writes any more: what is wrong now would stay wrong.
    disturbed = chaos.disturb(AbortSignal.any([written, end.signal]))
    await Promise.race([disturbed, Promise.all(acts)])
    end.abort()
    await Promise.all(acts)
    await quiet(platform, running, replication)
    for (const system of world.systems) await compareWithPrimary(system, shops)
  } finally {
    end.abort()
    clearInterval(note)
    // It would start the feeds again.
    await disturbed.catch(() => {})
    await Promise.all(world.systems.map(({ feed }) => feed.stop()))
    for (const system of world.systems) await system.forget()
  }
  return { seed, seconds, writes: world.writes, chaos: chaos.done, ours, naive } as Outcome
}

async function openShop(): Promise<ShopInPlay> {
  const { id: shopId } = await createShop()
  const ids: string[] = []
  for (let product = 0; product < PRODUCTS; product++) {
    ids.push((await createProduct({ shopId, pricePaise: 1 })).id)
  }
  return { id: shopId, known: new Set(ids), present: new Set(ids) }
}

/** Nobody writes any more; every feed and the standby get to the end. */
async function quiet(platform: Platform, running: Running[], replication: Replication) {
  const end = await replication.currentPosition()
  await platform.standbyCaughtUp()
  await eventually(() => {
    if (running.some(({ delivery }) => delivery.heardUpTo < end)) throw new Error('Feed is behind')
  }, 30_000)
}

/** What a visitor without a past is shown has to be what the primary has. */
async function compareWithPrimary({ read, findings, name }: System, shops: ShopInPlay[]) {
  for (const shop of shops) {
    const real = versions(await Product.query().where('shop_id', shop.id))
    for (const shown of await read(shop.id, newSession())) {
      for (const id of new Set([...shown.keys(), ...real.keys()])) {
        if (shown.get(id) === real.get(id)) continue
        findings.differingAfterQuiet++
        findings.example(`${name}: version ${shown.get(id)} of ${id.slice(-6)} for ${real.get(id)}`)
      }
    }
  }
}
