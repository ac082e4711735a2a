import type { RedisConnection } from '@adonisjs/redis'
import { owners } from '#tests/simulation/time'
import type { World } from '#tests/simulation/world'

interface State {
  complete: boolean
  token: string | null
  aliveUntil: number
  watermark: string
  base: string
  floors: Map<string, string>
}

interface Page {
  position: string
  expiry: number
  value: string
}

const ZERO = '0'.repeat(16)
const COMMAND_TIMEOUT = 300
const ROUTINE = new Set(['findLoss', 'keepAlive'])

/** A cluster of Redis: each shard of the cache on a master of its own. */
export class Redis {
  readonly status = 'ready'
  #masters = new Map<string, Master>()

  constructor(private world: World) {}

  get asConnection() {
    return this as unknown as RedisConnection
  }

  defineCommand() {}

  /** Some restart with nothing, or with pages whose floors may be outdated. */
  lose(everything: boolean) {
    for (const master of this.#some()) master.lose(everything)
  }

  /**
   * Some answer commands after so many milliseconds, or do not even get them; their clients do not wait that long.
   */
  hang(ms: number, areLost: boolean) {
    for (const master of this.#some()) master.hang(ms, areLost)
  }

  runCommand(script: string, count: number, ...all: (string | number)[]) {
    const keys = all.slice(0, count).map(String)
    const tags = new Set(keys.map((key) => /\{(.+?)\}/.exec(key)![1]))
    if (tags.size > 1) throw new Error("CROSSSLOT Keys in request don't hash to the same slot")
    const [tag] = tags
    const master = this.#masters.get(tag) ?? new Master(this.world, tag)
    this.#masters.set(tag, master)
    return master.runCommand(script, keys, all.slice(count))
  }

  /** One of them, or all. */
  #some() {
    const masters = [...this.#masters.values()]
    const at = this.world.dice(masters.length + 1)
    return at < masters.length ? [masters[at]] : masters
  }
}

/** What the scripts of `app/caches/redis_scripts.ts` do, step for step, and what can happen to it. */
class Master {
  #state = newState()
  #pages = new Map<string, Map<string, Page>>()
  #leases = new Map<string, { holder: string; until: number }>()
  #hangs: { over: Promise<void>; areLost: boolean } | null = null
  #starts = 1

  constructor(
    private world: World,
    private tag: string
  ) {}

  lose(everything: boolean) {
    this.#starts++
    this.#state = newState()
    this.#leases.clear()
    if (everything) this.#pages.clear()
  }

  hang(ms: number, areLost: boolean) {
    const { promise: over, resolve } = Promise.withResolvers<void>()
    const hangs = { over, areLost }
    this.#hangs = hangs
    this.world.time.set(
      () => {
        if (this.#hangs === hangs) this.#hangs = null
        resolve()
      },
      ms,
      null
    )
  }

  async runCommand(script: string, keys: string[], values: (string | number)[]) {
    const { world, tag } = this
    const done = this.#run(script, keys, values)
    const answer = await (this.#hangs ? Promise.race([done, this.#late()]) : done)
    const owner = owners.getStore()
    if (owner?.stopped) await owner.stopped
    world.tell(() => `   redis ${tag}: ${script} ${values.join(' ')} → ${JSON.stringify(answer)}`)
    return answer
  }

  async #run(script: string, keys: string[], values: (string | number)[]) {
    const hangs = this.#hangs
    await (ROUTINE.has(script) ? this.world.routine() : this.world.turn())
    if (hangs?.areLost) await new Promise(() => {})
    if (this.#hangs) await this.#hangs.over
    if (script === 'readPage') return this.#readPage(keys, values as string[])
    if (script === 'fillPage') return this.#fillPage(keys, values as string[])
    if (script === 'raiseFloors') return this.#raiseFloors(keys, values as string[])
    if (script === 'raiseBase') this.#state.base = later(this.#state.base, values[0] as string)
    else if (script === 'findLoss') return this.#findLoss(values[0] as string)
    else if (script === 'repairLoss') this.#repairLoss(values as string[])
    else if (script === 'keepAlive') this.#keepAlive(values)
    else throw new Error(`The model of Redis does not know ${script}`)
    return null
  }

  async #late() {
    await new Promise<void>((resolve) => this.world.time.set(resolve, COMMAND_TIMEOUT, null))
    throw new Error('Command timed out')
  }

  get #id() {
    return `${this.tag} ${this.#starts}`
  }

  #floorOf(key: string) {
    return later(this.#state.base, this.#state.floors.get(key) ?? ZERO)
  }

  #readPage([, pages, lease]: string[], [key, field, holder, duration]: string[]) {
    const { complete, aliveUntil, watermark } = this.#state
    const { now } = this.world.time
    const floor = this.#floorOf(key)
    if (!complete || aliveUntil <= now) return [floor, 1]
    const page = this.#pages.get(pages)?.get(field)
    if (page && page.position >= floor && page.expiry > now)
      return [floor, 1, page.position, later(watermark, page.position), page.value]
    const held = this.#leases.get(lease)
    if (held && held.until > now) return [floor, 0]
    this.#leases.set(lease, { holder, until: now + Number(duration) })
    return [floor, 1]
  }

  #fillPage([, pages, lease]: string[], [key, field, holder, position, value, ttl]: string[]) {
    if (this.#leases.get(lease)?.holder === holder) this.#leases.delete(lease)
    if (!this.#state.complete || position < this.#floorOf(key)) return 0
    const fields = this.#pages.get(pages) ?? new Map<string, Page>()
    this.#pages.set(pages, fields)
    fields.set(field, { position, expiry: this.world.time.now + Number(ttl), value })
    return 1
  }

  #raiseFloors(keys: string[], [position, , ...names]: string[]) {
    for (const [at, name] of names.entries()) {
      this.#pages.delete(keys[at + 1])
      const { floors } = this.#state
      floors.set(name, later(floors.get(name) ?? ZERO, position))
    }
    return null
  }

  #findLoss(token: string) {
    const state = this.#state
    const { now } = this.world.time
    return [now, this.#id, state.complete ? '' : (state.token ??= token)]
  }

  #repairLoss([token, position]: string[]) {
    const state = this.#state
    if (state.token !== token) return
    Object.assign(state, { base: later(state.base, position), complete: true, token: null })
  }

  #keepAlive([until, master, watermark]: (string | number)[]) {
    if (master !== this.#id) return
    this.#state.aliveUntil = Number(until)
    this.#state.watermark = later(this.#state.watermark, watermark as string)
  }
}

function newState(): State {
  const floors = new Map<string, string>()
  return { complete: false, token: null, aliveUntil: 0, watermark: ZERO, base: ZERO, floors }
}

function later(one: string, other: string) {
  return one > other ? one : other
}
