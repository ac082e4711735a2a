import pg from 'pg'
import { RedisCache } from '#caches/redis_cache'
import { ChangeRelay } from '#change_feed/change_relay'
import { RelayedChangeFeed } from '#change_feed/relayed_change_feed'
import { Channel, type Answering } from '#infra/cluster/channel'
import type { Hub } from '#infra/cluster/hub'
import { connected } from '#tests/simulation/model/channels'
import { Redis } from '#tests/simulation/model/redis'
import { owners, type Owner } from '#tests/simulation/time'
import { ChannelWithoutGaps, Confirming } from '#tests/simulation/market/broken'
import { connectClientsTo, ListeningClient } from '#tests/simulation/model/listening_client'
import { Replication } from '#replication/replication'
import { Connection, SimulatedDatabase } from '#tests/simulation/model/database'
import { SimulatedFeed, Slot } from '#tests/simulation/model/feed'
import { Elasticsearch } from '#tests/simulation/model/elasticsearch'
import { Listeners } from '#tests/simulation/model/listeners'
import { Primary, type Row } from '#tests/simulation/model/primary'
import { Replica } from '#tests/simulation/model/replica'
import {
  AlwaysBetweenRecords,
  AlwaysSettled,
  AnyConnection,
  NotBefore,
  PositionAfterRows,
} from '#tests/simulation/market/broken'
import { OPTIONS, Process } from '#tests/simulation/market/process'
import { Promises, type Versions } from '#tests/simulation/market/promises'
import { silent } from '#tests/simulation/market/silent'
import { Visitor, type Action, type Kind } from '#tests/simulation/market/visitor'
import type { Server } from '#tests/simulation/model/statements'
import type { World } from '#tests/simulation/world'

export type Fault =
  | 'pause a process'
  | 'end a process'
  | 'break a feed'
  | 'break a listener'
  | 'pause a replica'
  | 'hang a replica'
  | 'stop a replica'
  | 'silence a feed'
  | 'lose a slot'
  | 'lose the cache'
  | 'hang the cache'
  | 'lose the index'
  | 'hang the index'
  | 'change a price with psql'
  | 'wait'

export type Slow =
  'answers' | 'replicas' | 'primary' | 'replica 1' | 'replica 2' | 'feed 1' | 'feed 2' | 'index'

export interface Script {
  /** How the processes hear of changes: each for itself, through their server, or with one cache in Redis. */
  layout: 'memory' | 'workers' | 'redis'
  visitors: { kind: Kind; actions: Action[] }[]
  faults: Fault[]
  /** Whether the caches count before the first visit, and there is time between faults. */
  pace: 'calm' | 'rush'
  /** What takes its time. */
  slow: Slow[]
  /** Whether searches have an index of their own. */
  hasIndex?: boolean
}

const SHOPS = ['1', '2']
const PROCESSES = 2
/** The place of its feed, after those of the processes. */
const INDEXER = PROCESSES
/** Of the cache in Redis: each shop has one. */
const SHARDS = 2
/** By then the processes have begun and their caches count, mostly. */
const WARM = 1_500
/** How long a worker may take to handle a call, in milliseconds. */
const PATIENCE = 1_000

/** A whole market in a run: servers, processes, visitors, and what goes wrong. */
export class Market {
  readonly primary: Primary
  readonly replicas: Replica[]
  readonly primaryServer: Server
  readonly replicaServers: Server[]
  readonly promises: Promises
  readonly isShared: boolean
  readonly redis: Redis | null
  readonly elasticsearch: Elasticsearch | null
  /** With one cache: what its floors have been raised for. */
  readonly announced: Versions = new Map()
  /** By row: the version that an answer of a write has left with. */
  readonly answered: Versions = new Map()
  #processes: Process[] = []
  #visitors: Visitor[] = []
  #clients: Set<ListeningClient>
  #slot: Slot | null
  /** Where the indexer is. */
  #indexed: Slot
  #feeds: SimulatedFeed[] = []
  #supervisor: Supervisor | null = null
  /** By process: what ends its connection to the server. */
  #links: (() => void)[] = []

  constructor(
    readonly world: World,
    private script: Script
  ) {
    this.primary = new Primary(world, this.#isSlow('primary'))
    for (const [key, row] of firstRows(script)) this.primary.rows.set(key, row)
    this.replicas = (['replica 1', 'replica 2'] as const).map(
      (name) => new Replica(name, this.primary, this.#isSlow(name))
    )
    for (const replica of this.replicas)
      for (const [key, row] of this.primary.rows) replica.rows.set(key, row)
    const listeners = new Listeners(world.time, this.replicas)
    const serverOf = (replica: Replica | null): Server => ({
      ...{ primary: this.primary, replica, listeners, areAnswersSlow: this.#isSlow('answers') },
    })
    this.primaryServer = serverOf(null)
    this.replicaServers = this.replicas.map(serverOf)
    this.promises = new Promises(world, this.primary)
    this.isShared = script.layout === 'redis'
    this.redis = this.isShared ? new Redis(world) : null
    this.#slot = this.isShared ? new Slot(this.primary) : null
    this.elasticsearch = script.hasIndex
      ? new Elasticsearch(world, this.primary, this.#isSlow('index'))
      : null
    this.#indexed = Object.assign(new Slot(this.primary), { exists: true })
    this.#clients = connectClientsTo(world, this.primaryServer)
    pg.Client = ListeningClient as unknown as typeof pg.Client
  }

  /** Runs the script, lets everything become quiet, and compares. */
  async run() {
    if (this.#isSlow('replicas')) for (const replica of this.replicas) this.#stop(replica, 20_000)
    for (let at = 0; at < PROCESSES; at++) this.#startProcess(at)
    this.#visitors = this.script.visitors.map(
      ({ kind }, at) => new Visitor(kind, `${kind}-${at + 1}`, this)
    )
    if (this.script.pace === 'calm') await this.world.pause(WARM)
    const visits = this.script.visitors.map(async ({ actions }, at) => {
      for (const action of actions) {
        await this.#takeTime()
        await this.#visitors[at].act(action)
      }
    })
    await Promise.all([...visits, this.#goWrong()])
    this.#heal()
    await this.#quiet()
    this.world.isCalm = true
    await this.#compare()
  }

  anyProcess() {
    return this.#processes[this.world.dice(PROCESSES)]
  }

  /** Whether a request failed because its process ended. */
  isGone(error: unknown) {
    return error instanceof Error && error.message.endsWith(' is gone')
  }

  /** A connection to one of the servers. */
  connect(servers: Server[]) {
    const { world } = this
    if (servers.length > 1 && world.without('the same connection'))
      return new AnyConnection(world, servers)
    const server = servers[servers.length > 1 ? world.dice(servers.length) : 0]
    if (world.without('positions are read before the rows'))
      return new PositionAfterRows(world, server)
    if (world.without('strictly before on the primary')) return new NotBefore(world, server)
    if (world.without('past the next record on a replica'))
      return new AlwaysBetweenRecords(world, server)
    if (world.without('settled readings for what a replica has shown'))
      return new AlwaysSettled(world, server)
    return new Connection(world, server)
  }

  redisCache({ replication }: Process) {
    const position = () => replication.currentPosition()
    return new RedisCache(this.redis!.asConnection, position, { shards: SHARDS })
  }

  /** Open pages of orders are told. */
  async broadcast(version: number) {
    for (const visitor of this.#visitors) {
      if (visitor.kind === 'person') void visitor.told(version)
    }
  }

  async #takeTime() {
    const { world, script } = this
    if (script.pace === 'calm') await world.pause([0, 50, 300, 1_000][world.dice(4)])
  }

  #isSlow(part: Slow) {
    return this.script.slow.includes(part)
  }

  #startProcess(at: number) {
    const process = new Process(`process ${at + 1}`, this)
    this.#processes[at] = process
    if (this.script.layout === 'workers') this.#follow(process, at)
    else process.feed = this.#feeds[at] = this.#newFeed(at, process.database)
    const listener = process.dispatcher
    process.start(
      this.world.without('confirm after handling') ? new Confirming(listener) : listener
    )
    if (this.elasticsearch && at === 0) this.#startIndexer(process)
  }

  /** In one process: the others would wait until it is gone. */
  #startIndexer(process: Process) {
    this.#feeds[INDEXER] = new SimulatedFeed(this.world, this.primary, silent, {
      ...{ slot: this.#indexed, resumes: true, db: process.database.asLucid },
      ...{ isUnruly: false, isSlow: this.#isSlow('feed 1') },
    })
    process.startIndexer(this.#feeds[INDEXER])
  }

  #newFeed(at: number, database: SimulatedDatabase) {
    return new SimulatedFeed(this.world, this.primary, silent, {
      slot: this.#slot,
      db: database.asLucid,
      isUnruly: true,
      isSlow: this.#isSlow(at === 0 ? 'feed 1' : 'feed 2'),
    })
  }

  /** The process becomes a worker of the server, which follows the feed for all. */
  #follow(process: Process, at: number) {
    this.#supervisor ??= this.#newSupervisor()
    this.#links[at]?.()
    const isBroken = this.world.without('a worker that missed a call begins with a gap')
    const { near, far, close } = connected(this.world, {
      near: process,
      far: this.#supervisor,
      Near: isBroken ? ChannelWithoutGaps : Channel,
    })
    this.#links[at] = close
    this.#supervisor.add(far)
    process.feed = new RelayedChangeFeed(near)
  }

  async #goWrong() {
    const { world } = this
    for (const fault of this.script.faults) {
      await this.#takeTime()
      await world.turn()
      world.tell(fault)
      const process = this.anyProcess()
      const replica = this.replicas[world.dice(2)]
      const ms = [50, 500, 3_500][world.dice(3)]
      if (fault === 'pause a process') process.pause(2 * ms)
      else if (fault === 'end a process') this.#end(this.#processes.indexOf(process))
      else if (fault === 'break a feed') this.#anyFeed().break()
      else if (fault === 'silence a feed') this.#anyFeed().silence(3 * ms)
      else if (fault === 'lose a slot') this.#loseSlot()
      else if (fault === 'lose the cache') this.redis?.lose(world.dice(2) === 0)
      else if (fault === 'hang the cache') this.redis?.hang(ms, world.dice(2) === 0)
      else if (fault === 'lose the index') this.elasticsearch?.lose()
      else if (fault === 'hang the index') this.elasticsearch?.hang(ms)
      else if (fault === 'break a listener') this.#breakListener(process)
      else if (fault === 'pause a replica')
        this.#for(
          ms,
          () => replica.pause(),
          () => replica.resume()
        )
      else if (fault === 'hang a replica') this.#hang(replica, ms)
      else if (fault === 'stop a replica') this.#stop(replica, ms)
      else if (fault === 'change a price with psql')
        void this.primary.commit([{ table: 'products', id: world.dice(3) === 0 ? '2' : '1' }])
      else await world.pause(ms)
    }
  }

  #for(ms: number, begin: () => void, end: () => void) {
    begin()
    this.world.time.set(end, ms, null)
  }

  #hang(replica: Replica, ms: number) {
    const { promise, resolve } = Promise.withResolvers<void>()
    replica.hangs = promise
    this.world.time.set(
      () => {
        if (replica.hangs === promise) replica.hangs = null
        resolve()
      },
      ms,
      null
    )
  }

  /** Its receiver is gone for a while, as after a restart. */
  #stop(replica: Replica, ms: number) {
    replica.isDown = true
    replica.hasReceiver = false
    this.world.time.set(() => (replica.isDown = false), ms, null)
    this.world.time.set(() => (replica.hasReceiver = true), ms + 500, null)
  }

  #end(at: number) {
    const process = this.#processes[at]
    process.kill()
    for (const client of this.#clients) if (client.owner === process) void client.end()
    if (this.script.layout !== 'workers') this.#feeds[at].break()
    if (at === 0) this.#feeds[INDEXER]?.break()
    this.#startProcess(at)
  }

  #newSupervisor() {
    const database = new SimulatedDatabase(this.primaryServer, [], (servers) =>
      this.connect(servers)
    )
    this.#feeds[0] = this.#newFeed(0, database)
    return new Supervisor(this.#feeds[0], new Replication(database.asLucid, silent, OPTIONS))
  }

  #anyFeed() {
    return this.#feeds[this.world.dice(this.#feeds.length)]
  }

  /** The primary gives up what it kept for it. */
  #loseSlot() {
    if (this.#slot) this.#slot.isLost = true
    this.#indexed.isLost = true
    for (const feed of this.#feeds) feed.break()
  }

  #breakListener(process: Process) {
    for (const client of [...this.#clients]) if (client.owner === process) client.break()
  }

  #heal() {
    this.world.isHealed = true
    for (const replica of this.replicas) {
      replica.isDown = false
      replica.hasReceiver = true
      replica.resume()
    }
  }

  /** Until replicas and feeds have everything that anybody wrote. */
  async #quiet() {
    const { primary, replicas } = this
    const isQuiet = () => {
      const last = primary.log.findLastIndex(({ rows }) => rows.length > 0)
      const end = primary.log[last]?.end ?? 0n
      const follows = ({ stopped, cache }: Process) => !stopped && cache.watermark >= end
      if (primary.changing > 0 || replicas.some(({ applied }) => applied <= last)) return false
      if (this.elasticsearch && (this.elasticsearch.position ?? -1n) < end) return false
      return this.isShared ? this.#processes.some(follows) : this.#processes.every(follows)
    }
    while (!isQuiet()) await this.world.pause(100)
  }

  async #compare() {
    for (const process of this.#processes) {
      for (const shop of SHOPS) {
        if (this.primary.rows.get(`products ${shop}`)!.version === 1) continue
        const guest = new Visitor('guest', 'a late guest', this)
        const version = await guest.look(shop, process)
        this.promises.converged(process.name, `products ${shop}`, version)
        if (!this.elasticsearch) continue
        const found = await new Visitor('guest', 'a late guest', this).search(shop, process)
        this.promises.converged(`a search at ${process.name}`, `products ${shop}`, found)
      }
    }
  }
}

/** The primary process of a server: it reads the feed and tells the workers. */
class Supervisor implements Owner, Hub {
  readonly stopped = null
  readonly size = PROCESSES
  readonly serving = PROCESSES
  readonly channels: Channel[] = []
  #answering = new Map<string, (body: any, from: Channel) => unknown>()

  constructor(feed: SimulatedFeed, replication: Replication) {
    owners.run(this, () => new ChangeRelay(feed, this, replication, PATIENCE))
  }

  answer(topic: string, answering: (body: any, from: Channel) => unknown) {
    this.#answering.set(topic, answering)
  }

  add(worker: Channel) {
    this.channels.push(worker)
    for (const [topic, answering] of this.#answering) {
      const answer: Answering = (body) => answering(body, worker)
      worker.on(topic, answer)
    }
  }

  async ended() {}
}

function firstRows({ visitors }: Script): [string, Row][] {
  const people = visitors.map(({ kind }, at) => `${kind}-${at + 1}`)
  return [
    ...SHOPS.map((shop): [string, Row] => [`products ${shop}`, { version: 1 }]),
    ['orders customer', { version: 1 }],
    ...people.map((id): [string, Row] => [`access_tokens ${id}`, { version: 1, written: null }]),
  ]
}
