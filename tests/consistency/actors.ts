import { setTimeout as delay } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { Random } from '#database/demo/random'
import type { SessionClock } from '#replication/session_clock'
import { newSession } from '#tests/helpers/caching'
import { createProduct } from '#tests/helpers/factories'
import { SessionChecker, type History } from './checker.js'
import type { System } from './systems.js'

const FEWEST_PRODUCTS = 3
/** All of them have to fit on one page: what is not on it counts as missing. */
const MOST_PRODUCTS = 12

/** A shop and every product that it has ever had, with those that may still be changed. */
export interface ShopInPlay {
  id: string
  known: Set<string>
  present: Set<string>
}

export interface World {
  shops: ShopInPlay[]
  history: History
  systems: System[]
  writes: number
}

/** The session of one visitor as one of the systems serves it. */
interface Side {
  system: System
  clock: SessionClock
  checker: SessionChecker
}

/** A visitor who reads and writes at random, one step after the other; every system sees the same steps. */
export class Actor {
  #sides: Side[] = []
  #sessions = 0

  /** @param writing how many of the visitor's steps are writes, from 0 to 1 */
  constructor(
    private name: string,
    private world: World,
    private random: Random,
    private writing: number
  ) {}

  /** Writes until `written`, and goes on reading until `end`. */
  async act(written: AbortSignal, end: AbortSignal) {
    while (!end.aborted) {
      if (this.#sides.length === 0 || this.random.below(60) === 0) this.#newSession()
      const shop = this.random.pick(this.world.shops)
      if (this.random.fraction() < this.writing && !written.aborted) await this.#write(shop)
      await Promise.all(this.#sides.map((side) => this.#read(side, shop)))
      await delay(this.random.below(15))
    }
  }

  #newSession() {
    const { history, systems } = this.world
    const name = `${this.name}, session ${++this.#sessions}`
    this.#sides = systems.map((system) => ({
      system,
      clock: newSession(),
      checker: new SessionChecker(name, history, system.findings),
    }))
  }

  async #read({ system, clock, checker }: Side, shop: ShopInPlay) {
    const [time, known] = [performance.now(), [...shop.known]]
    for (const shown of await system.read(shop.id, clock)) checker.saw(shown, known, time)
  }

  async #write(shop: ShopInPlay) {
    this.world.writes++
    const kind = this.random.below(10)
    if (kind === 0 && shop.present.size < MOST_PRODUCTS) await this.#create(shop)
    else if (kind === 1 && shop.present.size > FEWEST_PRODUCTS) await this.#delete(shop)
    else await this.#update(shop)
    for (const { system, clock } of this.#sides) await system.wrote(clock)
  }

  async #create(shop: ShopInPlay) {
    const { id } = await createProduct({ shopId: shop.id, pricePaise: 1 })
    shop.known.add(id)
    shop.present.add(id)
    this.#wrote(id, 1)
  }

  async #update(shop: ShopInPlay) {
    const id = this.random.pick([...shop.present])
    const { rows } = await db.rawQuery(
      'UPDATE products SET price_paise = price_paise + 1 WHERE id = ? RETURNING price_paise',
      [id]
    )
    if (rows.length > 0) this.#wrote(id, rows[0].price_paise)
  }

  async #delete(shop: ShopInPlay) {
    const id = this.random.pick([...shop.present])
    shop.present.delete(id)
    this.world.history.deletes(id)
    await db.rawQuery('DELETE FROM products WHERE id = ?', [id])
    this.world.history.deleted(id)
    for (const { checker } of this.#sides) checker.deleted(id)
  }

  #wrote(id: string, version: number) {
    this.world.history.wrote(id, version)
    for (const { checker } of this.#sides) checker.wrote(id, version)
  }
}
