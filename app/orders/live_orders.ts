import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import type { ContainerBindings } from '@adonisjs/core/types'
import { SessionEnded } from '#exceptions/session_ended'
import { OpenAnswer } from '#orders/open_answer'
import type Order from '#models/order'
import type { Knowledge } from '#knowledge/knowledge'
import type User from '#models/user'
import type { LiveStreams } from '#sessions/live_streams'

/**
 * Tells open pages that an order changed, whichever process serves them. The message carries no data: the page
 * reloads its fragment, so readers see only what they may see. It also reloads on `open`, because changes may have
 * happened before the stream was connected.
 */
export class LiveOrders {
  constructor(
    private transmit: ContainerBindings['transmit'],
    private open: LiveStreams,
    private knowledge: Knowledge
  ) {}

  /** Notifies the customer and the owner of the shop, once every process would show them the change. */
  async announce(order: Order) {
    const { id, customerId, state } = order
    const shop = await order.related('shop').query().select('owner_id').first()
    const channels = [customerChannel(customerId), ...(shop ? [ownerChannel(shop.ownerId)] : [])]
    await this.knowledge.settle()
    for (const channel of channels) this.transmit.broadcast(channel, { id, state })
  }

  /**
   * Opens an event stream for all orders of the user, as customer and as owner. All pages of a browser share it,
   * and each picks what it shows.
   */
  async follow(ctx: HttpContext) {
    await this.#admit(ctx)
    const channels = channelsOf(ctx.auth.user!)
    const uid = randomUUID()
    const stream = this.transmit.createStream({
      uid,
      context: ctx,
      request: ctx.request.request,
      response: ctx.response.response,
      injectResponseHeaders: ctx.response.getHeaders() as Record<string, string>,
    })
    for (const channel of channels) await this.transmit.subscribe({ uid, channel, context: ctx })
    stream.writeMessage({ data: { channel: 'open', payload: {} } })
    return ctx.response.stream(stream)
  }

  /** @throws SessionEnded when the session ended before the stream was opened */
  async #admit({ auth, session, response: { response } }: HttpContext) {
    const answer = new OpenAnswer(session.sessionId, auth.user!.id, response)
    response.once('close', () => this.open.remove(answer))
    if (!(await this.open.add(answer))) throw new SessionEnded()
  }
}

const customerChannel = (userId: string) => `customers/${userId}/orders`
const ownerChannel = (userId: string) => `owners/${userId}/orders`

const channelsOf = ({ id, isShopowner }: User) =>
  isShopowner ? [customerChannel(id), ownerChannel(id)] : [customerChannel(id)]
