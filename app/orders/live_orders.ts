import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import type { ContainerBindings } from '@adonisjs/core/types'
import { SessionEnded } from '#exceptions/session_ended'
import { OpenAnswer } from '#orders/open_answer'
import type Order from '#models/order'
import type { LiveStreams } from '#sessions/live_streams'

/**
 * Tells open pages that an order changed, whichever process serves them. The message carries no data: the page
 * reloads its fragment, so readers see only what they may see. It also reloads on `open`, because changes may have
 * happened before the stream was connected.
 */
export class LiveOrders {
  constructor(
    private transmit: ContainerBindings['transmit'],
    private open: LiveStreams
  ) {}

  /** Notifies followers of the order and of its shop. */
  announce({ id, shopId, state }: Order) {
    const channels = [orderChannel(id), ...(shopId ? [shopChannel(shopId)] : [])]
    for (const channel of channels) this.transmit.broadcast(channel, { id, state })
  }

  /** Opens an event stream for an order. The caller has authorised the reader. */
  followOrder(ctx: HttpContext, order: Order) {
    return this.#follow(ctx, [orderChannel(order.id)])
  }

  /** Opens an event stream for shops. The caller has authorised the reader. */
  followShops(ctx: HttpContext, shopIds: string[]) {
    return this.#follow(ctx, shopIds.map(shopChannel))
  }

  async #follow(ctx: HttpContext, channels: string[]) {
    await this.#admit(ctx)
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

const orderChannel = (id: string) => `orders/${id}`
const shopChannel = (id: string) => `shops/${id}/orders`
