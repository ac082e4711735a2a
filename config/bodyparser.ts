import { defineConfig } from '@adonisjs/core/bodyparser'

/** Forms are small; `TrimFieldsMiddleware` does the trimming, because passwords are exempt. */
const LIMIT = '64kb'

/** Product lists, and their corrections, are the only uploads; controllers read them with `receiveFile`. */
const UPLOAD_LIMIT = '2mb'
const UPLOADS = [
  '/owner/shops/:shop_id/product-imports',
  '/owner/shops/:shop_id/product-imports/:id',
]

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    /** Deeper than `ReadableBodyMiddleware` allows; beyond this, qs would put the rest into a single key. */
    queryString: { depth: 30 },
    convertEmptyStringsToNull: true,
    trimWhitespaces: false,
    limit: LIMIT,
    types: ['application/x-www-form-urlencoded'],
  },
  json: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: false,
    limit: LIMIT,
    types: ['application/json'],
  },
  multipart: {
    autoProcess: false,
    convertEmptyStringsToNull: true,
    trimWhitespaces: false,
    processManually: UPLOADS,
    limit: UPLOAD_LIMIT,
    fieldsLimit: UPLOAD_LIMIT,
    types: ['multipart/form-data'],
  },
})
