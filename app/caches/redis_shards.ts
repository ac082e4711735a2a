import { crc32 } from 'node:zlib'

/**
 * Their slots are in the middle of each sixteenth of a cluster's slots, so that masters with about as many slots have
 * about as many shards.
 */
const TAGS = [67, 407, 361, 271, 71, 406, 377, 267, 237, 327, 441, 21, 221, 331, 457, 37]

/** A part of the keys, with floors of its own, in one slot: its Redis keys share a hash tag. */
export class RedisShard {
  constructor(private tag: number) {}

  /** The hash of floors, and what holds for all pages of the shard. */
  get state() {
    return this.#named('floors')
  }

  /** The hash of a key's pages. */
  pages(key: string) {
    return this.#named(`cache:${key}`)
  }

  /** The key's pages by the time of their last use. */
  uses(key: string) {
    return this.#named(`uses:${key}`)
  }

  /** Who fills this page. */
  lease(key: string, field: string) {
    return this.#named(`lease:${key}:${field}`)
  }

  #named(name: string) {
    return `{kirana-${this.tag}}:${name}`
  }
}

/** The shards of one cache; every process must use as many. */
export class RedisShards {
  readonly all: RedisShard[]

  constructor(count = TAGS.length) {
    this.all = TAGS.slice(0, count).map((tag) => new RedisShard(tag))
  }

  of(key: string) {
    return this.all[crc32(key) % this.all.length]
  }

  /** The keys by shard. */
  group(keys: string[]) {
    return Map.groupBy(keys, (key) => this.of(key))
  }
}
