import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Candidate, Kind } from '#search/embedded/candidates'
import { editDistance } from '#search/understanding/edit_distance'
import { spellingKey } from '#search/understanding/spelling'

/** A word and how many typing errors it is away. */
export interface NearWord {
  kind: Kind
  word: string
  errors: number
}

interface Entry {
  word: string
  length: number
  /** One bit for each letter: words whose letters differ in too many cannot be near. */
  letters: number
  typable: boolean
}

const KINDS: Kind[] = ['product', 'shop', 'city']

/** Less than a name that is known to be another of the same. */
const SPELLED_ALIKE = 0.88

/** A key of one letter says too little. */
const SHORTEST_KEY = 2

const WORDS_SINCE = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, known.kind, known.word
  FROM (VALUES (true)) AS one
  LEFT JOIN search_vocabulary AS known ON known.learned_in >= ?::xid8`

/**
 * The distinct words of all products, shops and cities, kept in memory: thousands, whatever the number of
 * rows. Each search first asks for those that it does not know yet, on the very server that it reads from.
 *
 * A word that is in here though its server does not show it leads nowhere and does no harm. None is
 * missing: words of transactions before the horizon are all here, and the others are asked for every time.
 */
export class Vocabulary {
  #kinds = new Map(KINDS.map((kind) => [kind, new Words()]))
  #horizon = '0'

  /** Learns what is new at the server of this client. */
  async refresh(client: TransactionClientContract) {
    const { rows } = await client
      .knexRawQuery(WORDS_SINCE, [this.#horizon])
      .options({ name: 'search_words_since' })
    for (const { kind, word } of rows) if (kind) this.#kinds.get(kind)?.add(word)
    const [{ horizon }] = rows
    if (BigInt(horizon) > BigInt(this.#horizon)) this.#horizon = horizon
  }

  has(kind: Kind, word: string): boolean {
    return this.#kinds.get(kind)!.has(word)
  }

  /** The word itself and those that are spelled like it. */
  spelled(word: string): Candidate[] {
    const key = spellingKey(word)
    return KINDS.flatMap((kind) => {
      const words = this.#kinds.get(kind)!.spelled(word, key)
      return words.map((other) => ({
        kind,
        word: other,
        weight: other === word ? 1 : SPELLED_ALIKE,
      }))
    })
  }

  /** Words that begin like this one, the shortest first, so many of each kind. */
  beginning(typed: string, perKind: number): { kind: Kind; word: string }[] {
    return KINDS.flatMap((kind) => {
      return this.#kinds
        .get(kind)!
        .beginning(typed, perKind)
        .map((word) => ({ kind, word }))
    })
  }

  /** Words of letters that are at most so many typing errors away. */
  near(typed: string, errors: number): NearWord[] {
    return KINDS.flatMap((kind) => {
      return this.#kinds
        .get(kind)!
        .near(typed, errors)
        .map((near) => ({ kind, ...near }))
    })
  }
}

/** A set of words that finds by beginnings, spellings and typing errors. */
export class Words {
  #entries = new Map<string, Entry>()
  #keys = new Map<string, string[]>()
  #sorted: string[] | null = null

  add(word: string) {
    if (this.#entries.has(word)) return
    const length = [...word].length
    const typable = length > 2 && !/\p{N}/u.test(word)
    this.#entries.set(word, { word, length, letters: lettersOf(word), typable })
    this.#sorted = null
    const key = spellingKey(word)
    if (key.length < SHORTEST_KEY) return
    const others = this.#keys.get(key)
    if (others) others.push(word)
    else this.#keys.set(key, [word])
  }

  has(word: string): boolean {
    return this.#entries.has(word)
  }

  spelled(word: string, key: string): string[] {
    const alike = this.#keys.get(key) ?? []
    return alike.length === 0 && this.has(word) ? [word] : alike
  }

  beginning(typed: string, limit: number): string[] {
    const sorted = (this.#sorted ??= [...this.#entries.keys()].sort(compare))
    const found = []
    for (let at = firstFrom(sorted, typed); at < sorted.length; at++) {
      if (!sorted[at].startsWith(typed)) break
      found.push(sorted[at])
    }
    return found.sort((a, b) => a.length - b.length || compare(a, b)).slice(0, limit)
  }

  near(typed: string, errors: number): { word: string; errors: number }[] {
    const length = [...typed].length
    const letters = lettersOf(typed)
    const found = []
    for (const entry of this.#entries.values()) {
      if (!entry.typable || Math.abs(entry.length - length) > errors) continue
      if (bits(entry.letters ^ letters) > 2 * errors) continue
      const distance = editDistance(typed, entry.word, errors)
      if (distance <= errors) found.push({ word: entry.word, errors: distance })
    }
    return found
  }
}

function compare(a: string, b: string) {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Where in the sorted words those from `word` on begin. */
function firstFrom(sorted: string[], word: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < word) low = middle + 1
    else high = middle
  }
  return low
}

function lettersOf(word: string): number {
  let letters = 0
  for (const letter of word) letters |= 1 << (letter.codePointAt(0)! & 31)
  return letters
}

/** How many bits of the number are set. */
function bits(number: number): number {
  number -= (number >>> 1) & 0x55555555
  number = (number & 0x33333333) + ((number >>> 2) & 0x33333333)
  return (((number + (number >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
