import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '#database/demo/random'
import { SessionHistory } from '../history/session.js'
import type { Form, ShopPages } from '../history/pages.js'
import type { Tally } from '../history/tally.js'
import { isGzip, type Balancer } from './balancer.js'
import { Browser, HEADERS, pathOf } from './browser.js'
import type { UsualCache } from './usual_cache.js'

/** Of the reads of a session, those of the same shop as before. */
const STAYS = 0.8
/** Mean number of reads of a guest's session. */
const GUEST_READS = 60
/** One in so many reads is done with the usual cache too. */
const BESIDE = 16
const PAUSE_AFTER_FAILURE = 10

export interface Reading {
  balancer: Balancer
  tally: Tally
  shops: ShopPages[]
  random: Random
  usual: UsualCache
}

/**
 * Reads a shop's products once, from any server, and checks them.
 *
 * @returns false when it was not answered
 */
export async function readOnce(
  { balancer, tally }: Pick<Reading, 'balancer' | 'tally'>,
  session: { browser: Browser; history: SessionHistory; form: Form; lane: number },
  shop: ShopPages
) {
  const { browser, history, form, lane } = session
  const server = balancer.pick()
  const asked = performance.now()
  try {
    const answer = await balancer.ask(server, lane, browser.get(server, pathOf(form, shop)), asked)
    if (answer.status !== 200) {
      tally.refused++
      return false
    }
    browser.keep(answer)
    const shown = shop.shownBy(form, answer.body, isGzip(answer))
    history.read(shop, shown, { form, server, asked, answered: performance.now() })
    return true
  } catch (error) {
    if (!isOfNetwork(error)) throw error
    tally.unanswered++
    return false
  }
}

function isOfNetwork(error: unknown) {
  const { code, message } = error as NodeJS.ErrnoException
  return code !== undefined || message === 'The server closed the connection'
}

/** A visitor who does nothing but read: a guest in a browser, or a customer's program. */
export class Reader {
  readonly #browser: Browser
  readonly #history: SessionHistory
  readonly #beside: SessionHistory
  #sessions = 0

  /** @param token of the program; null for a guest */
  constructor(
    private name: string,
    private lane: number,
    private reading: Reading,
    private token: string | null
  ) {
    const headers = token ? { ...HEADERS.json, authorization: token } : HEADERS.html
    this.#browser = new Browser(reading.balancer, headers)
    this.#history = new SessionHistory(name, reading.tally)
    this.#beside = new SessionHistory(name, reading.usual.tally)
  }

  async read(until: AbortSignal) {
    const { random, usual } = this.reading
    const form = this.token ? 'json' : 'html'
    const session = {
      browser: this.#browser,
      history: this.#history,
      form,
      lane: this.lane,
    } as const
    let shop = this.#pick()
    for (let turn = 0; !until.aborted; turn++) {
      if (!this.token && random.below(GUEST_READS) === 0) this.#begin()
      if (random.fraction() > STAYS) shop = this.#pick()
      if (turn % BESIDE === 0) await usual.read(shop, this.#beside)
      if (!(await readOnce(this.reading, session, shop))) await delay(PAUSE_AFTER_FAILURE)
    }
  }

  #begin() {
    this.#browser.forget()
    const name = `${this.name}, session ${++this.#sessions}`
    this.#history.begin(name)
    this.#beside.begin(name)
  }

  #pick() {
    return this.reading.random.pick(this.reading.shops)
  }
}
