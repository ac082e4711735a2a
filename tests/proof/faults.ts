import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '#database/demo/random'
import type { ApplicationProcess } from '#tests/helpers/application_process'
import type { UsualCache } from './load/usual_cache.js'
import type { System } from './system.js'

/** What happened of one kind. */
export interface FaultCount {
  times: number
  /** Reads asked for, and answered, while it lasted. */
  reads: number
}

type Deed = [name: string, share: number, run: () => Promise<unknown>]

/** Pause between the faults of one loop, in milliseconds. */
const [SHORTEST_REST, MOST_REST] = [2_000, 16_000]
const ROLES = ['startup', 'walreceiver', 'walsender', 'backend'] as const

/** Breaks parts of the system at random, several at once, and puts each right again. */
export class Faults {
  readonly counts = new Map<string, FaultCount>()
  /** Reads while at least one fault lasted. */
  reads = 0
  #active = 0
  #since = 0

  /** @param readsSoFar of the whole run */
  constructor(
    private system: System,
    private usual: UsualCache,
    private randomOf: (index: number) => Random,
    private readsSoFar: () => number
  ) {}

  /** Until the signal; resolves when all is put right again. */
  async happen(until: AbortSignal) {
    const loops = [
      this.#replicaDeeds(this.randomOf(1)),
      await this.#processDeeds(this.randomOf(2)),
      this.#serverDeeds(this.randomOf(3)),
      [
        ...this.#feedDeeds(this.randomOf(4)),
        ...(this.system.isStack ? await this.#stackDeeds() : []),
      ],
    ]
    await Promise.all(
      loops.map((deeds, index) => this.#loop(until, this.randomOf(10 + index), deeds))
    )
  }

  async #loop(until: AbortSignal, random: Random, deeds: Deed[]) {
    const bag = deeds.flatMap((deed) => new Array<Deed>(deed[1]).fill(deed))
    while (!until.aborted) {
      await delay(SHORTEST_REST + random.below(MOST_REST), undefined, { signal: until }).catch(
        () => {}
      )
      if (until.aborted) return
      const [name, , run] = random.pick(bag)
      await this.#during(name, run)
    }
  }

  async #during(name: string, work: () => Promise<unknown>) {
    const before = this.readsSoFar()
    if (this.#active++ === 0) this.#since = before
    try {
      await work()
    } finally {
      const now = this.readsSoFar()
      if (--this.#active === 0) this.reads += now - this.#since
      const count = this.counts.get(name) ?? { times: 0, reads: 0 }
      this.counts.set(name, { times: count.times + 1, reads: count.reads + now - before })
    }
  }

  #replicaDeeds(random: Random): Deed[] {
    const { replicas } = this.system
    const pause = async (most: number) => {
      const replica = random.pick(replicas)
      await replica.query((client) => client.query('SELECT pg_wal_replay_pause()'))
      await delay(50 + random.below(most))
      await replica.query((client) => client.query('SELECT pg_wal_replay_resume()'))
    }
    const restart = async (which: typeof replicas) => {
      await Promise.all(which.map((replica) => replica.stop()))
      await delay(random.below(2_000))
      await Promise.all(which.map((replica) => replica.start()))
    }
    return [
      ['replay paused', 6, () => pause(1_500)],
      ['replay paused for long', 1, () => pause(8_000)],
      ['replica restarted', 2, () => restart([random.pick(replicas)])],
      ['both replicas restarted', 1, () => restart(replicas)],
    ]
  }

  /** Processes of PostgreSQL stand still for moments, wherever in their work the signal meets them. */
  async #processDeeds(random: Random): Promise<Deed[]> {
    const { stopOften } = await import('../consistency/chaos.js')
    const { processesWith } = await import('../consistency/platform.js')
    const { primary, replicas } = this.system
    const found = (role: (typeof ROLES)[number]) =>
      processesWith(
        role,
        primary.directory,
        replicas.map(({ directory }) => directory)
      )
    return [
      ...ROLES.map((role): Deed => [`${role} stopped`, 1, () => stopOften(random, found(role))]),
    ]
  }

  async #restartPrimary(random: Random) {
    await this.system.primary.stop()
    await delay(random.below(1_000))
    await this.system.primary.start()
  }

  #serverDeeds(random: Random): Deed[] {
    const { servers } = this.system
    const freeze = async (most: number) => {
      const { pid } = random.pick(servers)
      process.kill(pid!, 'SIGSTOP')
      await delay(50 + random.below(most))
      process.kill(pid!, 'SIGCONT')
    }
    const end = async (how: (server: ApplicationProcess) => Promise<unknown>) => {
      const server = random.pick(servers)
      await how(server)
      await delay(random.below(1_000))
      await server.startAgain()
    }
    return [
      ['server frozen', 8, () => freeze(1_500)],
      ['server frozen for long', 1, () => freeze(9_000)],
      ['server killed', 1, () => end((server) => server.kill())],
      ['server told to end', 1, () => end((server) => server.stop())],
    ]
  }

  /** A feed whose connection is cut begins with a gap; the usual cache does not know that there was one. */
  #feedDeeds(random: Random): Deed[] {
    const cut = () =>
      this.system.primary.query((client) => {
        return client.query(
          `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots
           WHERE slot_type = 'logical' AND active_pid IS NOT NULL`
        )
      })
    const cutForAWhile = () =>
      this.usual.breakFeed(async () => {
        await cut()
        await delay(random.below(1_500))
      })
    return [
      ['feed cut', 5, cutForAWhile],
      ['primary restarted', 1, () => this.#restartPrimary(random)],
    ]
  }

  async #stackDeeds(): Promise<Deed[]> {
    const { FAULTS } = await import('../stack/faults/faults.js')
    const ofTheStack = FAULTS.filter(({ name }) => /Redis|Kafka|HAProxy/.test(name))
    return ofTheStack.map(({ name, lasts, begin, end }) => [
      name,
      1,
      async () => {
        await begin([])
        await delay(lasts)
        await end([])
      },
    ])
  }
}
