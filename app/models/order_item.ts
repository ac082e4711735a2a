import { BaseModel, column } from '@adonisjs/lucid/orm'

/** A line of an order, as it was when the order was placed. */
export default class OrderItem extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare orderId: string

  /** Null once the product is deleted. */
  @column()
  declare productId: string | null

  /** The line of the cart that it was ordered from. */
  @column()
  declare cartLine: string | null

  @column()
  declare name: string

  @column()
  declare nameHi: string | null

  @column()
  declare unit: string

  @column()
  declare pricePaise: number

  @column()
  declare quantity: number

  /** False when the owner did not have it after all. */
  @column()
  declare available: boolean

  get totalPaise() {
    return this.available ? this.pricePaise * this.quantity : 0
  }
}
