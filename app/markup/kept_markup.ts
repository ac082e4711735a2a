import { LRUCache } from 'lru-cache'
import type { Markup } from '#markup/markup'

interface Kept {
  /** Objects weakly: without its object the markup is of no use, and must not keep it. */
  from: unknown[]
  markup: Promise<Markup>
}

/** The markup, and what becomes of it: filled for a guest, and compressed. */
const FORMS = 3

/**
 * Keeps markup for as long as it is asked for with the very objects that it was made from. These come from the
 * caches, where a raised floor replaces them: markup is never older than they are, and needs no floor of its own.
 * Plain values, such as a time in words, are compared by value.
 */
export class KeptMarkup {
  #kept: LRUCache<string, Kept>
  #rendering = new Map<string, Kept>()

  /** @param bytes how much is kept, about; what was used least goes first */
  constructor(bytes: number) {
    this.#kept = new LRUCache({ maxSize: bytes, sizeCalculation: () => 1 })
  }

  /** @param key names everything that decides what is rendered, except `from` */
  get(key: string, from: unknown[], render: () => Promise<Markup>): Promise<Markup> {
    for (const known of [this.#kept.get(key), this.#rendering.get(key)]) {
      if (known && isSame(known.from, from)) return known.markup
    }
    const kept = { from: from.map(weakly), markup: render() }
    this.#rendering.set(key, kept)
    void this.#keep(key, kept)
    return kept.markup
  }

  async #keep(key: string, kept: Kept) {
    try {
      const { byteLength } = await kept.markup
      if (this.#rendering.get(key) !== kept) return
      this.#kept.set(key, kept, { size: byteLength * FORMS + key.length })
    } catch {
      // Those who asked for it are told.
    } finally {
      if (this.#rendering.get(key) === kept) this.#rendering.delete(key)
    }
  }
}

function weakly(item: unknown) {
  return typeof item === 'object' && item !== null ? new WeakRef(item) : item
}

function isSame(kept: unknown[], asked: unknown[]) {
  return kept.length === asked.length && kept.every((item, at) => Object.is(held(item), asked[at]))
}

/** Something that nobody asks for when the object is gone. */
function held(item: unknown) {
  return item instanceof WeakRef ? (item.deref() ?? item) : item
}
