import type changeFeedConfig from '#config/change_feed'
import type tracingConfig from '#config/tracing'
import type { ApplicationService } from '@adonisjs/core/types'
import type { ChangeHandler } from '#change_feed/change_handler'

type Feeds = typeof changeFeedConfig

/**
 * While tracing is on, what the handler does shows in the traces of the requests that made the changes.
 *
 * @param name of the spans
 */
export async function tracedHandler(
  app: ApplicationService,
  handler: ChangeHandler,
  name: string,
  follower: keyof Feeds['followers']
): Promise<ChangeHandler> {
  if (!app.config.get<typeof tracingConfig>('tracing').isOn) return handler
  const [{ TracedHandler }, { ChangeTraces }, db] = await Promise.all([
    import('#change_feed/traced_handler'),
    import('#tracing/change_traces'),
    app.container.make('lucid.db'),
  ])
  const { adapter, followers } = app.config.get<Feeds>('change_feed')
  const delivery =
    adapter === 'kafka'
      ? { 'messaging.system': 'kafka', 'messaging.consumer.group.name': followers[follower].group }
      : { 'messaging.system': 'postgresql' }
  return new TracedHandler(handler, new ChangeTraces(db), { name, delivery })
}
