import { BaseEvent } from '@adonisjs/core/events'
import type Order from '#models/order'

/** An order was placed or changed, and that is committed. */
export default class OrderChanged extends BaseEvent {
  constructor(public order: Order) {
    super()
  }
}
