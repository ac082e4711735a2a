import vine from '@vinejs/vine'
import { OPEN_STATES } from '#models/order_state'

export const boardValidator = vine.create({ shown: vine.enum(OPEN_STATES).optional() })
