import { BaseEvent } from '@adonisjs/core/events'
import type Order from '#models/order'

/** Emitted after the commit of an order's creation or change. */
export default class OrderChanged extends BaseEvent {
  constructor(public order: Order) {
    super()
  }
}
