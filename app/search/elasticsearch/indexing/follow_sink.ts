import type { Logger } from '@adonisjs/core/logger'
import { ChangeHandler } from '#change_feed/change_handler'
import type { Offsets, SinkProgress } from '#connectors/sink_progress'
import { indexPosition } from '#metrics/metrics'
import { TABLES, type Table } from '#search/elasticsearch/documents'
import { toSearchError } from '#search/elasticsearch/errors'
import type { IndexRebuild } from '#search/elasticsearch/indexing/index_rebuild'
import type { RecordedPosition, SinkPosition } from '#search/elasticsearch/indexing/sink_position'
import type { Position } from '#replication/position'

/** How long a heartbeat waits for the sink before the next one goes on waiting, in milliseconds. */
const PATIENCE = 500

/**
 * Records how far the sink connector has filled the indices. Everything before a heartbeat's watermark is in the
 * topics, so it is in the indices once the sink has committed where the topics ended then.
 */
export class FollowSink extends ChangeHandler {
  #awaited: { watermark: Position; ends: Offsets } | null = null
  #unchecked: readonly Table[] = TABLES

  constructor(
    private sink: SinkProgress,
    private position: SinkPosition,
    private rebuild: IndexRebuild,
    private logger: Logger
  ) {
    super()
  }

  /** The sink writes. */
  async handle() {}

  async heartbeat(_: number, watermark: Position) {
    try {
      const recorded = await this.#recorded()
      if (recorded) await this.#advance(recorded, watermark)
      else await this.#build()
    } catch (error) {
      throw toSearchError(error)
    }
  }

  /** The topics, and with them the indices, may lack changes. The next heartbeat builds them from the database. */
  async gap() {
    this.#awaited = null
    await this.position.withdraw().catch((error) => {
      throw toSearchError(error)
    })
  }

  /**
   * Null when the indices have to be built. A sink that starts over writes older states again, and a recreated topic
   * counts from 0: both end what was known.
   */
  async #recorded(): Promise<RecordedPosition | null> {
    const recorded = await this.position.read()
    if (!recorded || !(await this.#isUpToDate())) return null
    if ((await this.sink.hasReached(recorded.offsets)) && !(await this.sink.hasLost()))
      return recorded
    this.logger.warn('the sink connector has started over')
    await this.gap()
    return null
  }

  /** Definitions do not change while a server runs. */
  async #isUpToDate() {
    for (const table of this.#unchecked) if (await this.rebuild.isNeeded(table)) return false
    this.#unchecked = []
    return true
  }

  async #build() {
    for (const table of TABLES) {
      if (!(await this.rebuild.isNeeded(table))) continue
      this.logger.warn({ table }, 'search index not complete, rebuilding it from the database')
      await this.rebuild.runIfNeeded(table)
      this.logger.info({ table }, 'search index built')
    }
  }

  /** A heartbeat that waits for the sink in vain leaves that to the next one. */
  async #advance(recorded: RecordedPosition, watermark: Position) {
    this.#awaited ??= { watermark, ends: await this.sink.ends() }
    if (!(await this.sink.hasReached(this.#awaited.ends, PATIENCE))) return
    const { watermark: reached, ends } = this.#awaited
    this.#awaited = null
    if (reached <= recorded.position) return
    await this.position.advance(recorded, reached, ends)
    indexPosition.set(Number(reached))
  }
}
