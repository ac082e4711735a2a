import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import type { ContainerBindings } from '@adonisjs/core/types'
import { SessionEnded } from '#exceptions/session_ended'
import { OpenAnswer } from '#orders/open_answer'
import type Order from '#models/order'
import type { LiveStreams } from '#sessions/live_streams'

/**
 * Tells open pages that an order changed, in whichever process they are served. It says no more than that:
 * the page then asks for itself again, so that what it shows is what its reader may see, as it is now. It
 * does so too when told that the stream is `open`, since something may have happened before.
 */
export class LiveOrders {
  constructor(
    private transmit: ContainerBindings['transmit'],
    private open: LiveStreams
  ) {}

  /** To those who follow the order, and those who follow the orders of its shop. */
  announce({ id, shopId, state }: Order) {
    const channels = [orderChannel(id), ...(shopId ? [shopChannel(shopId)] : [])]
    for (const channel of channels) this.transmit.broadcast(channel, { id, state })
  }

  /** An open answer with what is announced of the order; the caller has seen that it is the reader's. */
  followOrder(ctx: HttpContext, order: Order) {
    return this.#follow(ctx, [orderChannel(order.id)])
  }

  /** An open answer with what is announced of these shops, which the caller has seen to be the reader's. */
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

  /** @throws SessionEnded when the session was ended while the page was on its way */
  async #admit({ auth, session, response: { response } }: HttpContext) {
    const answer = new OpenAnswer(session.sessionId, auth.user!.id, response)
    response.once('close', () => this.open.remove(answer))
    if (!(await this.open.add(answer))) throw new SessionEnded()
  }
}

const orderChannel = (id: string) => `orders/${id}`
const shopChannel = (id: string) => `shops/${id}/orders`
