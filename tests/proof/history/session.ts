import type { Form, ShopPages, Shown } from './pages.js'
import type { Tally } from './tally.js'

type What = 'prices' | 'bought'

/** Something a session did, in milliseconds since the process began. */
interface Act {
  did: 'wrote' | 'was shown'
  form: Form
  server: number
  asked: number
  answered: number
}

/** The highest version of each product, and by what. */
interface Highest {
  version: number[]
  act: Act[]
}

interface AtShop {
  written: Record<What, Highest>
  seen: Record<What, Highest>
}

/** How many are kept of what was wrong. */
const EXCERPTS = 5

/** What one session has written and seen, and what it must therefore never see again. */
export class SessionHistory {
  #shops = new Map<ShopPages, AtShop>()

  constructor(
    private name: string,
    private tally: Tally
  ) {}

  /** Acknowledged to this session. */
  wrote(shop: ShopPages, what: What, product: number, version: number, act: Omit<Act, 'did'>) {
    raise(this.#at(shop).written[what], product, version, { did: 'wrote', ...act })
  }

  /** Forgets what was seen; what was written stays. */
  begin(name: string) {
    this.name = name
    for (const at of this.#shops.values()) at.seen = nothing()
  }

  read(shop: ShopPages, shown: Shown, { form, server, asked, answered }: Omit<Act, 'did'>) {
    this.tally.count(form, shown, asked, shop.changedAt)
    const at = this.#at(shop)
    const act: Act = { did: 'was shown', form, server, asked, answered }
    const wrong = { stale: false, older: false, invented: false }
    this.#check(shop, 'prices', shown.prices, at, act, wrong)
    if (shown.bought) this.#check(shop, 'bought', shown.bought, at, act, wrong)
    // A read is wrong once, however many of its values are.
    if (wrong.stale) this.tally.staleOwnWrites++
    if (wrong.older) this.tally.nonMonotonicReads++
    if (wrong.invented) this.tally.invented++
  }

  #check(
    shop: ShopPages,
    what: What,
    versions: number[],
    { written, seen }: AtShop,
    act: Act,
    wrong: Record<'stale' | 'older' | 'invented', boolean>
  ) {
    const [own, before, sent] = [written[what], seen[what], shop[what]]
    for (const [product, version] of versions.entries()) {
      if (version < (own.version[product] ?? 0)) {
        wrong.stale = true
        this.#excerpt('its own write is missing', shop, what, product, [own, version, act])
      }
      const last = before.version[product] ?? 0
      if (version < last) {
        wrong.older = true
        this.#excerpt('it went back', shop, what, product, [before, version, act])
      }
      if (version > sent[product].sent) {
        wrong.invented = true
        this.#excerpt('nobody wrote this', shop, what, product, [before, version, act])
      }
      if (version > last) raise(before, product, version, act)
    }
  }

  /** The shortest part of the history that shows it: what the session knew by what, and what it got. */
  #excerpt(
    wrong: string,
    shop: ShopPages,
    what: What,
    product: number,
    [{ version, act }, got, now]: [Highest, number, Act]
  ) {
    if (this.tally.examples.length >= EXCERPTS) return
    const value = (of: number) => `${what === 'prices' ? 'price' : 'stock'} number ${of}`
    const known = act[product] ? [said(act[product], value(version[product]))] : []
    this.tally.example(
      [
        `${this.name}, product ${product + 1} of shop ${shop.id.slice(-6)}: ${wrong}`,
        ...known,
        said(now, value(got)),
      ].join('\n    ')
    )
  }

  #at(shop: ShopPages) {
    let at = this.#shops.get(shop)
    if (!at) this.#shops.set(shop, (at = { written: nothing(), seen: nothing() }))
    return at
  }
}

function nothing(): Record<What, Highest> {
  return { prices: { version: [], act: [] }, bought: { version: [], act: [] } }
}

function raise(highest: Highest, product: number, version: number, act: Act) {
  highest.version[product] = version
  highest.act[product] = act
}

function said({ did, form, server, asked, answered }: Act, value: string) {
  const [from, to] = [asked, answered].map((time) => time.toFixed(1))
  return `${from} to ${to} ms, ${form} by server ${server + 1}: ${did} ${value}`
}
