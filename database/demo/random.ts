/**
 * A seeded random number generator: the same arguments give the same sequence on every machine.
 *
 * The algorithm is sfc32 ("small fast counting", 128 bits of state) by Chris Doty-Humphrey, from PractRand, which
 * is in the public domain: https://pracrand.sourceforge.net
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /**
   * @param seed of the whole run
   * @param stream purpose of the numbers, so that two uses of one index are independent
   * @param index of the owner, shop …
   */
  constructor(seed: number, stream: number, index: number) {
    this.#a = seed | 0
    this.#b = stream | 0
    this.#c = index | 0
    for (let round = 0; round < 15; round++) this.word()
  }

  /** 32 random bits as an integer from 0 to 4294967295. */
  word() {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A number from 0 up to, but not including, 1. */
  fraction() {
    return this.word() / 4294967296
  }

  /** An integer from 0 up to, but not including, `limit`. */
  below(limit: number) {
    return Math.floor(this.fraction() * limit)
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]
  }

  /** Shuffled; the first items do not depend on how many are taken. */
  *shuffled<T>(list: readonly T[]): Generator<T, void> {
    const rest = list.slice()
    for (let index = 0; index < rest.length; index++) {
      const chosen = index + this.below(rest.length - index)
      yield rest[chosen]
      rest[chosen] = rest[index]
    }
  }

  /**
   * A version 7 UUID (RFC 9562): a time, a sequence number, and 62 random bits.
   *
   * @param milliseconds since 1970
   * @param sequence only its low 12 bits are used
   */
  uuid(milliseconds: number, sequence = 0) {
    const time = hex(milliseconds, 12)
    const variant = (this.word() & 0x3fffffff) | 0x80000000
    const high = hex(variant >>> 0, 8)
    const low = hex(this.word(), 8)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(sequence & 0xfff, 3)}-${high.slice(0, 4)}-${high.slice(4)}${low}`
  }
}

function hex(value: number, digits: number) {
  return value.toString(16).padStart(digits, '0')
}
