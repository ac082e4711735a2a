import vine from '@vinejs/vine'
import { readPinCode } from '#numbers/pin_code'
import { readAs } from '#validators/read_as'

export const pinCode = () => vine.string().use(readAs({ read: readPinCode }))
