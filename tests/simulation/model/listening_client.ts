import { EventEmitter } from 'node:events'
import { matching, run, type Server } from '#tests/simulation/model/statements'
import { owners, type Owner } from '#tests/simulation/time'
import type { Notification } from '#tests/simulation/model/primary'
import type { World } from '#tests/simulation/world'

let current: { world: World; server: Server }

/** Where clients connect to from now on. */
export function connectClientsTo(world: World, server: Server) {
  current = { world, server }
  const open = new Set<ListeningClient>()
  server.primary.onNotify((notifications) => {
    for (const client of open) client.notified(notifications)
  })
  opened = open
  return open
}

let opened: Set<ListeningClient>

/** Nothing depends on when these are answered. */
const isAtOnce = matching(/^LISTEN |"isOneAway"/)

const isListen = matching(/^LISTEN /)

/** What every process asks twice a second. */
const isRoutine = matching(/INSERT INTO listeners/)

/** `pg.Client` of a run: notifications arrive in the order of commits, and before the answers of later statements. */
export class ListeningClient extends EventEmitter {
  #channels = new Set<string>()
  #arriving: (() => void)[] = []
  #isDelivering = false
  readonly owner: Owner | undefined = owners.getStore()
  #world = current.world
  #server = current.server
  #open = opened

  async connect() {
    this.#open.add(this)
  }

  async end() {
    this.#open.delete(this)
  }

  /** The connection is lost. */
  break() {
    this.#open.delete(this)
    this.emit('error', new Error('Connection terminated'))
  }

  /** @throws Error when the connection is lost before it is answered */
  async query(sql: string, values: readonly unknown[] = []): Promise<{ rows: any[] }> {
    if (isRoutine(sql)) await this.#world.routine()
    else if (!isAtOnce(sql)) await this.#world.turn()
    if (!this.#open.has(this)) throw new Error('Connection terminated')
    if (isListen(sql)) this.#channels.add(sql.slice('LISTEN '.length))
    const rows = await run(sql, this.#server, {}, values)
    this.#world.tell(
      () =>
        `   ${(this.owner as any)?.name} L ${sql.trim().slice(0, 40).replace(/\s+/g, ' ')} ${JSON.stringify(rows)}`
    )
    if (!this.#open.has(this)) throw new Error('Connection terminated')
    if (this.#arriving.length === 0 && !this.owner?.stopped) return { rows }
    return new Promise((resolve, reject) => {
      this.#arrives(() => {
        if (this.#open.has(this)) resolve({ rows })
        else reject(new Error('Connection terminated'))
      })
    })
  }

  notified(notifications: Notification[]) {
    for (const notification of notifications) {
      if (!this.#channels.has(notification.channel)) continue
      this.#arrives(() => {
        if (!this.#open.has(this)) return
        this.#world.tell(() => `${(this.owner as any)?.name}: hears ${notification.payload}`)
        this.emit('notification', notification)
      })
    }
  }

  #arrives(item: () => void) {
    this.#arriving.push(item)
    if (!this.#isDelivering) void this.#deliver()
  }

  async #deliver() {
    this.#isDelivering = true
    while (this.#arriving.length > 0) {
      await this.#world.turn()
      if (this.owner?.stopped) {
        await this.owner.stopped
        await this.#world.turn()
      }
      const next = this.#arriving.shift()!
      if (this.owner) owners.run(this.owner, next)
      else next()
    }
    this.#isDelivering = false
  }
}
