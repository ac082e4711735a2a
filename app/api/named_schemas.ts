import vine from '@vinejs/vine'
import type { Validator } from '#api/operation'
import { productHitSchema, shopHitSchema } from '#transformers/search_hit_transformer'
import { productSchema } from '#transformers/product_transformer'
import { slotSchema } from '#transformers/slot_transformer'
import { shopDetailSchema, shopSchema } from '#transformers/shop_transformer'
import { userSchema } from '#transformers/user_transformer'
import { billSchema } from '#transformers/bill_transformer'
import { orderDetailSchema, orderSchema } from '#transformers/order_transformer'
import { ROLES } from '#models/user'

export const messageSchema = vine.create({ msg: vine.string() })

export const tokenSchema = vine.create({
  access_token: vine.string(),
  token_type: vine.enum(['bearer'] as const),
  expires_in: vine.number({ strict: true }).withoutDecimals().meta({ description: 'Seconds' }),
})

const server = vine.object({
  ip: vine.string().nullable(),
  port: vine.number({ strict: true }).withoutDecimals().nullable(),
  is_replica: vine.boolean({ strict: true }),
})

export const serversSchema = vine.create({
  user: vine.object({ username: vine.string(), role: vine.enum(ROLES) }),
  read_db: server,
  write_db: server.clone(),
})

/** Schemas with a name in the document. */
export const SCHEMAS = new Map<Validator, string>([
  [messageSchema, 'Message'],
  [tokenSchema, 'Token'],
  [userSchema, 'User'],
  [shopSchema, 'Shop'],
  [shopDetailSchema, 'ShopDetail'],
  [slotSchema, 'Slot'],
  [productSchema, 'Product'],
  [shopHitSchema, 'ShopHit'],
  [productHitSchema, 'ProductHit'],
  [orderSchema, 'Order'],
  [orderDetailSchema, 'OrderDetail'],
  [billSchema, 'Bill'],
  [serversSchema, 'Servers'],
])
