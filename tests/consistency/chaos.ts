import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '#database/demo/random'
import { freeze } from '#infra/frozen_processes'
import type { Platform, Role } from './platform.js'
import type { System } from './systems.js'
import type { UnrulyDelivery } from './unruly_delivery.js'

/** One system's feed and what stands between it and the system. */
export interface Running {
  system: System
  delivery: UnrulyDelivery
}

const OTHER_ROLES: Role[] = ['backend', 'walreceiver', 'walsender']

type Deed = [name: string, share: number, run: () => Promise<void>]

/** Stops processes for some milliseconds, again and again, wherever in their work the signal meets them. */
export async function stopOften(random: Random, processes: number[]) {
  for (let times = 5 + random.below(60); times > 0 && processes.length > 0; times--) {
    const wake = freeze([random.pick(processes)])
    await delay(random.below(8))
    wake()
    await delay(random.below(4))
  }
}

/** Disturbs the standby and the feeds at random; each deed puts right again what it did. */
export class Chaos {
  readonly done = new Map<string, number>()

  constructor(
    private platform: Platform,
    private running: Running[],
    private random: (stream: number) => Random
  ) {}

  async disturb(signal: AbortSignal) {
    await Promise.all([
      this.#loop(signal, this.random(1), this.#standbyDeeds(this.random(2))),
      this.#loop(signal, this.random(3), this.#feedDeeds(this.random(4))),
      this.#loop(signal, this.random(5), this.#processDeeds(this.random(6), ['startup'])),
      this.#loop(signal, this.random(7), this.#processDeeds(this.random(8), OTHER_ROLES)),
    ])
  }

  async #loop(signal: AbortSignal, random: Random, deeds: Deed[]) {
    while (!signal.aborted) {
      await delay(50 + random.below(400))
      const [name, , run] = random.pick(deeds.flatMap((deed) => Array<Deed>(deed[1]).fill(deed)))
      await run()
      this.done.set(name, (this.done.get(name) ?? 0) + 1)
    }
  }

  #standbyDeeds(random: Random): Deed[] {
    const pause = async () => {
      await this.platform.pauseReplay()
      await delay(50 + random.below(1_200))
      await this.platform.resumeReplay()
    }
    return [
      ['replay paused', 5, pause],
      ['standby restarted', 1, () => this.platform.restartStandby()],
    ]
  }

  #processDeeds(random: Random, roles: Role[]): Deed[] {
    return roles.map((role) => {
      return [`${role} stopped`, 1, () => stopOften(random, this.platform.processesOf(role))]
    })
  }

  #feedDeeds(random: Random): Deed[] {
    const restart = async (lose: boolean) => {
      await this.#forEach(({ system }) => system.feed.stop())
      if (lose) await this.#forEach(({ system }) => system.forget())
      await delay(random.below(1_500))
      await this.#forEach(({ system, delivery }) => system.feed.start(delivery))
    }
    const expire = async () => this.running.forEach(({ system }) => system.expire())
    return [
      ['cache expired', 4, expire],
      ['feed stopped and started', 3, () => restart(false)],
      ['slot lost', 1, () => restart(true)],
    ]
  }

  #forEach(work: (running: Running) => Promise<unknown>) {
    return Promise.all(this.running.map(work))
  }
}
