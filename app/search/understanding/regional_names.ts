/** A good and one of its names in a language; several words are separated by a blank. */
export interface RegionalName<Good> {
  name: string
  /** Of the name. */
  spelling: string
  good: Good
}

/** Names of goods in India's other languages. A name may mean several goods. */
export class RegionalNames<Good extends object> {
  #exact = new Map<string, Good | Good[]>()
  #spelled = new Map<string, Good | Good[]>()

  add({ name, spelling, good }: RegionalName<Good>) {
    add(this.#exact, name, good)
    add(this.#spelled, spelling, good)
  }

  called(name: string): Good[] {
    return listOf(this.#exact.get(name))
  }

  spelledLike(spelling: string): Good[] {
    return listOf(this.#spelled.get(spelling))
  }

  /** Every word of every name. */
  words(): Set<string> {
    return new Set([...this.#exact.keys()].flatMap((name) => name.split(' ')))
  }
}

/** Most names mean a single good, which needs no list in memory. */
function add<Good>(map: Map<string, Good | Good[]>, key: string, good: Good) {
  const goods = listOf(map.get(key))
  if (!goods.includes(good)) map.set(key, goods.length > 0 ? [...goods, good] : good)
}

function listOf<Good>(goods: Good | Good[] | undefined): Good[] {
  if (goods === undefined) return []
  return Array.isArray(goods) ? goods : [goods]
}
