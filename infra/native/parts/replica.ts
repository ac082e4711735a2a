import { existsSync } from 'node:fs'
import { isComplete } from '../../embedded_postgres/data_directory.ts'
import { standbySettings } from '../../embedded_postgres/settings.ts'
import { buildStandby, discardStandby, followingOf } from '../../embedded_postgres/standby.ts'
import { PartNotReady } from '../errors.ts'
import type { PartName, StackContext } from '../part.ts'
import { waitFor } from '../probes.ts'
import { STANDBY_ROLE } from '../roles.ts'
import { Postgres } from './postgres.ts'
import type { Primary } from './primary.ts'

const FOLLOWING_MS = 20_000

/** A streaming replica of the primary; rebuilt when it cannot follow. */
export class Replica extends Postgres {
  readonly needs: PartName[] = ['primary']
  readonly #primary: Primary

  constructor(stack: StackContext, primary: Primary, name: 'replica-1' | 'replica-2') {
    super(stack, name)
    this.#primary = primary
  }

  override async start() {
    if (this.pid && !(await this.#isStandby())) await this.#discard('it is no replica any more')
    await super.start()
    if ((await this.#awaitFollowing()) === 'streaming') return
    await this.#discard('it cannot follow the primary')
    await super.start()
    if ((await this.#awaitFollowing()) === 'streaming') return
    const { path } = this.log
    throw new PartNotReady(this.name, 'does not follow the primary', {
      path,
      tail: this.log.tail(),
    })
  }

  /** Whether it accepts connections and is streaming from the primary. */
  override async isReady() {
    return (await this.#isStandby()) && (await this.#following()) === 'streaming'
  }

  protected get settings() {
    const { ports, passwords } = this.stack.settings
    return standbySettings({
      port: ports.primary,
      password: passwords.replication,
      user: STANDBY_ROLE,
      slot: this.#slot,
    })
  }

  protected async prepare() {
    const { directory } = this
    if (existsSync(directory) && !isComplete(directory, 'standby.signal')) discardStandby(directory)
    if (existsSync(directory)) return
    this.say('copying the primary')
    const { runner } = this.stack
    await this.#primary.query((client) =>
      buildStandby({
        client,
        runner,
        source: this.#primary.directory,
        target: directory,
        slot: this.#slot,
      })
    )
  }

  get #slot() {
    return this.name.replace('-', '_')
  }

  async #discard(reason: string) {
    this.say(`is rebuilt, because ${reason}`)
    await this.stop()
    discardStandby(this.directory)
  }

  async #isStandby() {
    try {
      const { rows } = await this.query((client) =>
        client.query('select pg_is_in_recovery() as is')
      )
      return rows[0].is === true
    } catch {
      return false
    }
  }

  #following() {
    const log = this.isStartedHere ? this.log.tail() : ''
    return this.#primary
      .query((client) => followingOf(client, log, this.#slot))
      .catch(() => 'waiting' as const)
  }

  async #awaitFollowing() {
    let following = await this.#following()
    await waitFor(async () => {
      following = await this.#following()
      return following !== 'waiting'
    }, FOLLOWING_MS)
    return following
  }
}
