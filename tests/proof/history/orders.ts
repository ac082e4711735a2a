/** What the database has of one order. */
export interface StoredOrder {
  id: string
  customer: string
}

/** Orders that were sent, each with a key of its own, as often as it took to be answered. */
export class OrderHistory {
  #orders = new Map<string, { customer: string; ids: Set<string>; isRefused: boolean }>()

  sent(key: string, customer: string) {
    this.#orders.set(key, { customer, ids: new Set(), isRefused: false })
  }

  confirmed(key: string, id: string) {
    this.#orders.get(key)!.ids.add(id)
  }

  refused(key: string) {
    this.#orders.get(key)!.isRefused = true
  }

  get count() {
    return [...this.#orders.values()].filter(({ ids }) => ids.size > 0).length
  }

  /**
   * Orders that were confirmed and are not stored; those that are stored more than once for one key, or for none; those
   * that were confirmed with two numbers or refused as well.
   */
  problems(stored: StoredOrder[]) {
    const customers = new Set([...this.#orders.values()].map(({ customer }) => customer))
    const rest = new Map(
      stored.filter(({ customer }) => customers.has(customer)).map((order) => [order.id, order])
    )
    const problems: string[] = []
    for (const [key, { customer, ids, isRefused }] of this.#orders) {
      if (ids.size > 1) problems.push(`one key, two orders: ${key} is ${[...ids].join(' and ')}`)
      if (ids.size > 0 && isRefused) problems.push(`confirmed and refused: ${key}`)
      for (const id of ids) {
        const order = rest.get(id)
        if (!order) problems.push(`lost: ${id}, confirmed for ${key}`)
        else if (order.customer !== customer) problems.push(`of another customer: ${id}`)
        rest.delete(id)
      }
    }
    // What was not answered before the end may be stored once.
    const open = [...this.#orders.values()].filter(
      ({ ids, isRefused }) => ids.size === 0 && !isRefused
    )
    for (const { id, customer } of rest.values()) {
      const at = open.findIndex((order) => order.customer === customer)
      if (at < 0) problems.push(`double, or sent by nobody: ${id}`)
      else open.splice(at, 1)
    }
    return problems
  }
}
