import type { Database } from '@adonisjs/lucid/database'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { CartContents } from '#cart/cart_contents'
import type { CartItem } from '#cart/cart_item'
import type { KnownCarts } from '#cart/known_carts'
import { mergeAtLogin, type Merged } from '#cart/login_merge'
import { lockCarts, type Holder } from '#cart/cart_locks'
import {
  addToken,
  beginCart,
  dropJoined,
  forgetLeft,
  itemsOf,
  leaveCarts,
  noteUse,
  saveItems,
} from '#cart/cart_rows'
import { SessionEnded } from '#exceptions/session_ended'
import Product from '#models/product'

type Client = TransactionClientContract

/** Each attempt meets another request of the same browser that joins its carts. */
const MOST_ATTEMPTS = 5

export interface ChangingHolder extends Holder {
  /** The digest of a new token for a guest's cart, or null when the browser has one of those that are valid. */
  tokenFor(valid: string[]): string | null
}

export interface Change<Result> {
  result: Result
  items: readonly CartItem[]
  /** Tokens that lead to the cart now. */
  digests: string[]
}

/** A token has just been led to another cart: begin again. */
class CartMoved extends Error {
  code = 'E_CART_MOVED'
}

/** Carts in the database. A change is a short transaction on the primary under the cart's row lock. */
export class Carts {
  constructor(
    private db: Database,
    private known: KnownCarts
  ) {}

  /** The items, for showing. Several carts are shown as the one that the next change makes of them. */
  async read(holder: Holder): Promise<readonly CartItem[]> {
    const found = await this.known.find(holder)
    return joined(found.map(({ items }) => items)).items
  }

  /**
   * Changes the cart; carts of the same holder are joined before. Without a transaction to take part in it has one
   * of its own.
   *
   * @throws SessionEnded when the account is gone
   */
  change<Result>(
    holder: ChangingHolder,
    work: (contents: CartContents) => Result,
    outer?: Client
  ): Promise<Change<Result>> {
    if (outer) return this.#change(holder, work, outer)
    return this.#inTransaction((client, isLast) => this.#change(holder, work, client, isLast))
  }

  /** Takes the browser's carts into the account's, once per account. */
  merge(userId: string, digests: string[]): Promise<Merged> {
    return this.#inTransaction(async (client, isLast) => {
      const locked = await lockCarts({ userId, digests }, client, { atLogin: true })
      if (locked.isMoved && !isLast) throw new CartMoved()
      const [before, ...guests] = await itemsOf([locked.main!, ...locked.others], client)
      const account = new CartContents(before)
      const taken = joined(guests).items
      const ids = taken.map(({ productId }) => productId)
      const products = ids.length > 0 ? await Product.forSale(client).whereIn('id', ids) : []
      const merged = mergeAtLogin(account, taken, products)
      await saveItems(locked.main!, before, account.items, client)
      await leaveCarts(locked.others, userId, client)
      return merged
    })
  }

  /** Ends what a login that crosses could still take. */
  forgetLeft(userId: string) {
    return this.db.transaction((client) => forgetLeft(userId, client))
  }

  async #change<Result>(
    { userId, digests, tokenFor }: ChangingHolder,
    work: (contents: CartContents) => Result,
    client: Client,
    isLast = true
  ): Promise<Change<Result>> {
    const locked = await lockCarts({ userId, digests }, client)
    if (locked.isMoved && !isLast) throw new CartMoved()
    const { main, others } = locked
    const [before, ...rest] = main ? await itemsOf([main, ...others], client) : [[]]
    const contents = joined([before, ...rest])
    const result = work(contents)
    const { items } = contents
    const fresh = userId ? null : tokenFor(locked.digests)
    const cartId = main ?? (items.length > 0 ? await beginCart(client) : null)
    if (cartId) {
      if (main && !userId) await noteUse(main, client)
      if (fresh) await addToken(fresh, cartId, client)
      await saveItems(cartId, before, items, client)
      await dropJoined(locked, userId !== null, client)
    }
    const tokens = fresh && cartId ? [...locked.digests, fresh] : locked.digests
    return { result, items, digests: userId ? [] : tokens }
  }

  async #inTransaction<Result>(work: (client: Client, isLast: boolean) => Promise<Result>) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.db.transaction((client) => work(client, attempt === MOST_ATTEMPTS))
      } catch (error) {
        if (error instanceof CartMoved) continue
        const isGone = (error as { constraint?: string }).constraint === 'carts_user_id_foreign'
        throw isGone ? new SessionEnded('The account is gone', { cause: error }) : error
      }
    }
  }
}

/** Several carts as one. */
function joined([first = [], ...others]: (readonly CartItem[])[]) {
  const contents = new CartContents(first)
  for (const items of others) contents.join(items)
  return contents
}
