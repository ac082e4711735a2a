import vine from '@vinejs/vine'
import { readPinCode } from '#numbers/pin_code'
import { readAs } from '#validators/read_as'

/** As it is sent; people also type digits of other scripts. */
const pattern = '^[1-9][0-9]{2}[ \\-]?[0-9]{3}$'
const description = 'Six digits; stored without a space or hyphen'

export const pinCode = () => vine.string().use(readAs({ read: readPinCode, pattern, description }))
