import getPort from 'get-port'
import { eventually } from '#tests/helpers/eventually'
import { RedisServer } from '#tests/helpers/redis_server'

const SLOTS = 16_384
const MASTERS = 3
const LONG = 20_000

type Node = RedisServer & { busPort: number }

/** A disposable cluster of three masters, with a replica of each if wanted. */
export class RedisCluster {
  private constructor(
    readonly masters: Node[],
    readonly replicas: Node[]
  ) {}

  static async start({ program = 'redis-server', withReplicas = false } = {}) {
    const nodes = await Promise.all(
      Array.from({ length: withReplicas ? 2 * MASTERS : MASTERS }, () => start(program))
    )
    const cluster = new RedisCluster(nodes.slice(0, MASTERS), nodes.slice(MASTERS))
    await cluster.#join().catch(async (error) => {
      await cluster.stop()
      throw error
    })
    return cluster
  }

  /** The address of one node, and those of the others as `REDIS_CLUSTER` wants them. */
  get address() {
    const [first, ...others] = this.#nodes
    return { url: first.url, others: others.map(({ port }) => `127.0.0.1:${port}`).join() }
  }

  /** Which master has the slot of this key, by what the first says that lives. */
  async masterOf(key: string) {
    const slot = Number(await this.#someone.ask('CLUSTER', 'KEYSLOT', key))
    const lines = (await this.#someone.ask('CLUSTER', 'NODES')).split('\n')
    const owner = lines
      .map((line) => line.split(' '))
      .find(([, , , , , , , , ...ranges]) => {
        return ranges.some((range) => {
          const [from, to = from] = range.split('-').map(Number)
          return from <= slot && slot <= to
        })
      })!
    return this.#nodes.find(({ port }) => owner[1].includes(`:${port}@`))!
  }

  /** Moves the slot of a key and all that is in it, as `redis-cli --cluster reshard` does. */
  async move(key: string, to: RedisServer, { before = async () => {} } = {}) {
    const slot = await to.ask('CLUSTER', 'KEYSLOT', key)
    const from = await this.masterOf(key)
    const [fromId, toId] = [await idOf(from), await idOf(to)]
    await to.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId)
    await from.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId)
    for (;;) {
      const keys = await from.ask('CLUSTER', 'GETKEYSINSLOT', slot, '1')
      if (keys === '') break
      await from.ask('MIGRATE', '127.0.0.1', `${to.port}`, '', '0', '5000', 'KEYS', keys)
    }
    await before()
    for (const node of new Set([to, from, ...this.masters])) {
      await node.ask('CLUSTER', 'SETSLOT', slot, 'NODE', toId)
    }
  }

  /** Forgets everything, on every master. */
  async clear() {
    await Promise.all(this.masters.map((master) => master.ask('FLUSHALL')))
  }

  async stop() {
    await Promise.all(this.#nodes.map((node) => node.stop()))
  }

  get #nodes() {
    return [...this.masters, ...this.replicas]
  }

  get #someone() {
    return this.#nodes.find(({ isUp }) => isUp)!
  }

  async #join() {
    const [first, ...others] = this.#nodes
    for (const [at, master] of this.masters.entries()) {
      const [from, to] = [at, at + 1].map((part) => Math.floor((part * SLOTS) / MASTERS))
      await master.ask('CLUSTER', 'ADDSLOTSRANGE', `${from}`, `${to - 1}`)
      await master.ask('CLUSTER', 'SET-CONFIG-EPOCH', `${at + 1}`)
    }
    for (const { port, busPort } of others) {
      await first.ask('CLUSTER', 'MEET', '127.0.0.1', `${port}`, `${busPort}`)
    }
    await this.#until('CLUSTER INFO', `cluster_known_nodes:${this.#nodes.length}`)
    await this.#until('CLUSTER INFO', 'cluster_state:ok')
    for (const [at, replica] of this.replicas.entries()) {
      const master = await idOf(this.masters[at])
      await eventually(() => replica.ask('CLUSTER', 'REPLICATE', master), LONG)
      await eventually(async () => {
        mustHave(await replica.ask('INFO', 'replication'), 'master_link_status:up')
      }, LONG)
    }
    if (this.replicas.length > 0) await this.#until('CLUSTER NODES', 'slave', MASTERS)
  }

  async #until(question: string, wanted: string, times = 1) {
    for (const node of this.#nodes) {
      await eventually(
        async () => mustHave(await node.ask(...question.split(' ')), wanted, times),
        LONG
      )
    }
  }
}

/** A master that is missing counts for its own slots alone. */
async function start(program: string) {
  const busPort = await getPort()
  const settings = {
    'cluster-enabled': 'yes',
    'cluster-port': busPort,
    'cluster-node-timeout': 2_000,
    'cluster-require-full-coverage': 'no',
    'repl-diskless-sync-delay': 0,
  }
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`])
  return Object.assign(await RedisServer.start({ program, settings: words }), { busPort })
}

function idOf(node: RedisServer) {
  return node.ask('CLUSTER', 'MYID')
}

function mustHave(text: string, wanted: string, times = 1) {
  if (text.split(wanted).length - 1 < times) throw new Error(`no ${wanted} in ${text}`)
}
