import pg from 'pg'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { Cache } from '#caches/cache'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import type { ChangeEvent } from '#change_feed/change_event'
import { PgoutputChangeFeed } from '#change_feed/pgoutput_change_feed'
import Product from '#models/product'
import Shop from '#models/shop'
import User from '#models/user'
import { readAmount } from '#numbers/amount'
import { issueToken } from '#tokens/token_users'
import changeFeed from '#config/change_feed'
import { caughtUp } from './replay.js'
import type { RunningServer } from './server.js'
import { UsualCache, type UsualPage, type UsualSession } from './usual_cache.js'

export const OLD = 52_00
export const NEW = 60_00

/** Prices of the two caches, in paise. */
export interface Answers {
  usual: number
  ours: number
}

const PRICE = /class="price">₹([\d,.]+)</

/** A customer of both: a browser without JavaScript at the server, and a session of the usual cache. */
export class Customer {
  #cookies = new Map<string, string>()
  #session: UsualSession = { seen: 0n }

  constructor(
    private url: string,
    private usual: UsualCache
  ) {}

  /** Opens the page in both at the same time. */
  async open(stall: Stall, name: UsualPage['name'] = 'list'): Promise<Answers> {
    const path = `/shops/${stall.shopId}${name === 'list' ? '' : `/products/${stall.id}`}`
    const [usual, ours] = await Promise.all([
      this.usual.read({ shopId: stall.shopId, name }, this.#session),
      this.#priceAt(path),
    ])
    return { usual, ours }
  }

  async #priceAt(path: string) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(this.url + path, {
      headers: { cookie, 'accept-language': 'en', 'sec-fetch-site': 'same-origin' },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    const price = PRICE.exec(await response.text())
    if (!price) throw new Error(`${path} answered ${response.status} without a price`)
    return readAmount(price[1])!
  }
}

/** A shop that sells one thing. */
export interface Stall {
  id: string
  shopId: string
  name: string
}

/** The server, the usual cache next to it on the same databases, an owner and customers. */
export class Market {
  readonly primary: pg.Pool
  readonly replica: pg.Pool
  readonly usual: UsualCache
  #throughProxy: pg.Pool
  #feed: PgoutputChangeFeed
  #floorRaised = new Set<(keys: string[]) => void>()
  #token = ''
  #ownerId = ''

  private constructor(
    readonly server: RunningServer,
    ttl: number
  ) {
    const [primary, replica, proxied] = [
      server.primaryUrl,
      server.replicaUrl,
      server.proxy.url,
    ].map((connectionString) => new pg.Pool({ connectionString }).on('error', () => {}))
    this.primary = primary
    this.replica = replica
    this.#throughProxy = proxied
    this.usual = new UsualCache(proxied, primary, ttl)
    const options = { ...changeFeed.pgoutput, slot: 'usual_cache', temporary: true }
    this.#feed = new PgoutputChangeFeed(db, logger, options)
  }

  /** @param ttl of the usual cache, in milliseconds */
  static async open(server: RunningServer, ttl: number) {
    const market = new Market(server, ttl)
    await market.#feed.start(market.usual)
    await market.#listenToFloors()
    const owner = await User.create({
      username: 'ramesh',
      password: crypto.randomUUID(),
      role: 'shopowner',
      fullName: 'Ramesh Gupta',
      address: '12 MG Road, Indore 452001',
      mobile: '9876543210',
    })
    market.#ownerId = owner.id
    market.#token = (await issueToken(owner)).value!.release()
    return market
  }

  /** A new shop with besan for the old price, on the replica too. */
  async newStall(): Promise<Stall> {
    const name = `Besan ${crypto.randomUUID().slice(0, 8)}`
    const place = { city: 'Indore', pinCode: '452001' }
    const { id: shopId } = await Shop.create({
      name: 'Gupta Kirana',
      ownerId: this.#ownerId,
      ...place,
    })
    const goods = { name, category: 'flours', unit: '500 g', pricePaise: OLD, stock: 20 } as const
    const { id } = await Product.create({ ...goods, shopId })
    await caughtUp(this.primary, this.replica)
    return { id, shopId, name }
  }

  newCustomer() {
    return new Customer(this.server.url, this.usual)
  }

  /**
   * The owner sets the new price.
   *
   * @returns the event that announced it, once both caches have handled it
   */
  async changePrice(stall: Stall): Promise<ChangeEvent[]> {
    const heard = this.heardOf(stall)
    const response = await fetch(
      `${this.server.url}/api/shops/${stall.shopId}/products/${stall.id}`,
      {
        method: 'PATCH',
        headers: { 'authorization': `Bearer ${this.#token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ price: NEW / 100 }),
      }
    )
    if (!response.ok) throw new Error(`The price was not changed: ${await response.text()}`)
    return heard
  }

  /** Resolves with the next event about this shop's goods, once both caches have handled it. */
  async heardOf({ shopId }: Stall): Promise<ChangeEvent[]> {
    const [changes] = await Promise.all([
      new Promise<ChangeEvent[]>((resolve) => {
        const end = this.usual.onChanges((events) => {
          if (!events.some(({ key }) => key.shop_id === shopId)) return
          end()
          resolve(events)
        })
      }),
      new Promise<void>((resolve) => {
        const listener = (keys: string[]) => {
          if (!keys.some((key) => key.includes(shopId))) return
          this.#floorRaised.delete(listener)
          resolve()
        }
        this.#floorRaised.add(listener)
      }),
    ])
    return changes
  }

  /** Delivers an event to both caches once more. */
  async deliverAgain(changes: ChangeEvent[]) {
    const dispatcher = await this.server.app.container.make(ChangeDispatcher)
    await Promise.all([this.usual.changes(changes), dispatcher.changes(changes)])
  }

  async close() {
    await this.#feed.stop()
    await Promise.all([this.primary.end(), this.replica.end(), this.#throughProxy.end()])
  }

  async #listenToFloors() {
    const cache = await this.server.app.container.make(Cache)
    const raiseFloor = cache.raiseFloor.bind(cache)
    cache.raiseFloor = async (keys, position) => {
      await raiseFloor(keys, position)
      for (const listener of this.#floorRaised) listener(keys)
    }
  }
}
