import vine from '@vinejs/vine'

export const formKeyValidator = vine.create({ form_key: vine.string().uuid().toLowerCase() })
