import { formatPosition, parsePosition, type Position } from '#replication/position'
import { earlier } from '#replication/session_clock'
import { HEARTBEAT_ID, TABLES } from '#search/elasticsearch/documents'
import { MISSING } from '#search/elasticsearch/errors'
import { IndexNames } from '#search/elasticsearch/index_names'
import { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import type { Client } from '@elastic/elasticsearch'
import type { Primary } from '#tests/simulation/model/primary'
import { owners } from '#tests/simulation/time'
import type { World } from '#tests/simulation/world'

interface Document {
  version: number
  /** Null when it was deleted. */
  source: any
}

interface Index {
  name: string
  aliases: Set<string>
  definition: unknown
  documents: Map<string, Document>
  /** What searches find: the documents as they were when it was last refreshed. */
  found: Map<string, any>
  refreshes: boolean
}

/** Only writes may be slow: what asks before each would wait too, and little would be written. */
type Kind = 'turn' | 'routine' | 'write'

export const NAMES = new IndexNames('kirana')

const REFRESH_EVERY = 200
const TIMEOUT = 300
const CONFLICT = { type: 'version_conflict_engine_exception', reason: 'a newer version' }
const NO_WRITE_INDEX = { type: 'illegal_argument_exception', reason: 'no write index' }
const NO_INDEX = { type: MISSING, reason: 'no such index' }

/** An answer that is an error, as the client knows it. */
class ResponseError extends Error {
  name = 'ResponseError'
  body: object

  constructor(
    readonly statusCode: number,
    error: object
  ) {
    super('no such index')
    this.body = { error }
  }
}

/** Templates are not looked at here. */
export class Indices extends SearchIndices {
  async putTemplates() {}
}

/**
 * Elasticsearch, as far as indexing and searching by id use it: documents with versions, searches that find what was
 * there at the last refresh, aliases. Requests arrive in any order, and those that hung arrive when nobody waits for
 * them any more.
 */
export class Elasticsearch {
  #indices: Index[] = []
  #hangs: Promise<void> | null = null

  constructor(
    private world: World,
    { rows, insert: position }: Primary,
    private isSlow: boolean
  ) {
    const known = new Indices(this.asClient, NAMES)
    const start = { position: formatPosition(position) }
    for (const table of TABLES) {
      const alias = NAMES.alias(table)
      const index = this.#create(NAMES.version(table), [alias], known.hashFor(table))
      for (const [key, row] of rows) {
        const [of, id] = key.split(' ')
        if (of === table) index.documents.set(id, { version: 0, source: row })
      }
      index.documents.set(HEARTBEAT_ID, { version: Number(position), source: start })
      refresh(index)
    }
  }

  get asClient() {
    return this as unknown as Client
  }

  /** The lowest position that its indices report; null when one has none. */
  get position(): Position | null {
    const sources = NAMES.aliases.map(
      (alias) => this.#named(alias)[0]?.found.get(HEARTBEAT_ID)?.position
    )
    if (sources.includes(undefined)) return null
    return sources.map(parsePosition).reduce(earlier)
  }

  /** All indices are gone. */
  lose() {
    this.#indices = []
  }

  /** Takes requests and answers none for so many milliseconds; clients do not wait that long. */
  hang(ms: number) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#hangs = promise
    const end = () => {
      if (this.#hangs === promise) this.#hangs = null
      resolve()
    }
    this.world.time.set(end, ms, null)
  }

  readonly indices = {
    getMapping: ({ index }: any) =>
      this.#request('routine', () =>
        Object.fromEntries(
          this.#named(index).map(({ name, definition }) => [
            name,
            { mappings: { _meta: { definition } } },
          ])
        )
      ),
    existsAlias: ({ name }: any) => this.#request('routine', () => this.#named(name).length > 0),
    get: ({ index }: any) =>
      this.#request('routine', () =>
        Object.fromEntries(
          this.#named(index).map(({ name, aliases }) => [
            name,
            { aliases: Object.fromEntries([...aliases].map((alias) => [alias, {}])) },
          ])
        )
      ),
    create: ({ index, mappings, aliases }: any) =>
      this.#request('turn', () => {
        if (this.#named(index).length > 0) throw new ResponseError(400, { type: 'exists' })
        this.#create(index, Object.keys(aliases), mappings._meta.definition).refreshes = false
        return { acknowledged: true }
      }),
    putSettings: ({ index }: any) =>
      this.#request('routine', () => (this.#one(index).refreshes = true)),
    forcemerge: ({ index }: any) => this.#request('routine', () => void this.#one(index)),
    refresh: ({ index }: any) => this.#request('routine', () => refresh(this.#one(index))),
    delete: ({ index }: any) =>
      this.#request('turn', () => {
        const gone = this.#one(index)
        this.#indices = this.#indices.filter((one) => one !== gone)
      }),
    updateAliases: ({ actions }: any) =>
      this.#request('turn', () => {
        const of = actions.map(({ add, remove }: any) => this.#one((add ?? remove).index).aliases)
        for (const [at, { add, remove }] of actions.entries()) {
          if (add) of[at].add(add.alias)
          else of[at].delete(remove.alias)
        }
        return { acknowledged: true }
      }),
  }

  search({ index, query }: any) {
    return this.#request('turn', () => {
      const answer = this.#answer(index, query)
      if ('error' in answer) throw new ResponseError(404, NO_INDEX)
      return answer
    })
  }

  /** Its searches are run one after another. */
  msearch({ searches }: any) {
    return this.#request('turn', async () => {
      const responses = []
      for (let at = 0; at < searches.length; at += 2) {
        if (at > 0) await this.world.turn()
        responses.push(this.#answer(searches[at].index, searches[at + 1].query))
      }
      return { responses }
    })
  }

  bulk({ operations, refresh: isShown }: any) {
    return this.#request('write', async () => {
      const items = []
      const touched = new Set<Index>()
      for (let at = 0; at < operations.length; at++) {
        const [[kind, target]] = Object.entries<any>(operations[at])
        const source = kind === 'index' ? operations[++at] : null
        items.push({ [kind]: this.#write(target, source, touched) })
      }
      if (isShown) await this.world.turn()
      for (const index of touched) if (isShown) refresh(index)
      return { errors: items.some((item) => item[Object.keys(item)[0]].error), items }
    })
  }

  get({ index, id }: any) {
    return this.#request('routine', () => {
      const source = this.#named(index)[0]?.documents.get(id)?.source ?? null
      return { found: source !== null, _source: source }
    })
  }

  index({ index, id, document, version }: any) {
    return this.#request('routine', () =>
      this.#write({ _index: index, _id: id, version, version_type: 'external_gte' }, document)
    )
  }

  delete({ index, id }: any) {
    return this.#request('routine', () => void this.#named(index)[0]?.documents.delete(id))
  }

  #write({ _index, _id, version, version_type }: any, source: any, touched?: Set<Index>) {
    const [index, ...others] = this.#named(_index)
    if (!index) return { _index, _id, status: 404, error: NO_INDEX }
    if (others.length > 0) return { _index, _id, status: 400, error: NO_WRITE_INDEX }
    const before = index.documents.get(_id)?.version ?? -1
    const isNewer = version_type === 'external' ? version > before : (version ?? before) >= before
    const isBlind = _id !== HEARTBEAT_ID && this.world.without('the later reading is indexed')
    if (!isNewer && !isBlind) return { _index: index.name, _id, status: 409, error: CONFLICT }
    index.documents.set(_id, { version: version ?? before + 1, source })
    touched?.add(index)
    if (index.refreshes) this.world.time.set(() => refresh(index), REFRESH_EVERY, null)
    this.world.tell(() => `index: ${index.name} has ${_id} ${JSON.stringify(source)}`)
    return { _index: index.name, _id, status: 200 }
  }

  #answer(names: string | string[], { ids }: any) {
    const found = [names].flat().map((name) => ({ name, of: this.#named(name) }))
    if (found.some(({ of }) => of.length === 0)) return { status: 404, error: NO_INDEX }
    const hits = found
      .flatMap(({ of }) => of)
      .flatMap((index) =>
        ids.values.flatMap((id: string) => {
          const source = index.found.get(id)
          return source ? { _index: index.name, _id: id, _source: source } : []
        })
      )
    return { hits: { hits } }
  }

  async #request<T>(kind: Kind, apply: () => T | Promise<T>): Promise<T> {
    const done = this.#arrive(kind, apply)
    done.catch(() => {})
    const mayBeLate = this.#hangs || this.isSlow
    const answer = await (mayBeLate ? Promise.race([done, this.#late()]) : done)
    const owner = owners.getStore()
    if (owner?.stopped) await owner.stopped
    return answer
  }

  async #arrive<T>(kind: Kind, apply: () => T | Promise<T>) {
    await (kind === 'write' ? this.world.late(this.isSlow) : this.world[kind]())
    while (this.#hangs) {
      await this.#hangs
      await this.world.turn()
    }
    return apply()
  }

  async #late(): Promise<never> {
    await new Promise<void>((resolve) => this.world.time.set(resolve, TIMEOUT, null))
    throw new Error('Request timed out')
  }

  #create(name: string, aliases: string[], definition: unknown) {
    const index: Index = {
      ...{ name, definition, aliases: new Set(aliases), refreshes: true },
      ...{ documents: new Map(), found: new Map() },
    }
    this.#indices.push(index)
    return index
  }

  /** By name, alias, or the beginning of names. */
  #named(text: string) {
    const isPrefix = text.endsWith('*')
    return this.#indices.filter(({ name, aliases }) =>
      isPrefix ? name.startsWith(text.slice(0, -1)) : name === text || aliases.has(text)
    )
  }

  #one(name: string) {
    const [index] = this.#named(name)
    if (!index) throw new ResponseError(404, NO_INDEX)
    return index
  }
}

function refresh(index: Index) {
  index.found = new Map(
    [...index.documents].flatMap(([id, { source }]) => (source ? [[id, source]] : []))
  )
}
