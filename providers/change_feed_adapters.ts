import { TOPICS } from '#change_feed/announced_tables'
import type { ContainerResolver } from '@adonisjs/core/container'
import type { ApplicationService, ContainerBindings } from '@adonisjs/core/types'
import type { ChangeFeed } from '#change_feed/change_feed'
import type config from '#config/change_feed'

type Follower = keyof typeof config.followers
type Adapter = typeof config.adapter

/** Creates the feed of one consumer with the adapter chosen in `config/change_feed.ts`, or another. */
export async function createChangeFeed(
  app: ApplicationService,
  resolver: ContainerResolver<ContainerBindings>,
  follower: Follower,
  adapter?: Adapter
): Promise<ChangeFeed> {
  const settings = app.config.get<typeof config>('change_feed')
  const [db, logger] = await Promise.all([resolver.make('lucid.db'), resolver.make('logger')])
  const { slot, temporary, group, resumes } = settings.followers[follower]
  const adapters: Record<Adapter, () => Promise<ChangeFeed>> = {
    async pgoutput() {
      const { PgoutputChangeFeed } = await import('#change_feed/pgoutput_change_feed')
      const options = { ...settings.pgoutput, slot, temporary, resumes }
      return new PgoutputChangeFeed(db, logger, options)
    },
    async kafka() {
      const { KafkaChangeFeed } = await import('#change_feed/kafka_change_feed')
      return new KafkaChangeFeed(db, logger, {
        ...settings.kafka,
        topics: TOPICS,
        group,
        resumes,
      })
    },
  }
  return adapters[adapter ?? settings.adapter]()
}
