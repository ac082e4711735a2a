import { defineConfig } from '@adonisjs/core/bodyparser'

/** Forms are small; `TrimFieldsMiddleware` does the trimming, because passwords are exempt. */
const LIMIT = '64kb'

/** A list of prices has 200 rows of four fields. */
const MOST_FIELDS = 1_000

/** What exceeds this is refused (`TooManyFields`), never cut off. */
const FIELDS = {
  /** Deeper than `ReadableBodyMiddleware` allows; beyond this, qs would put the rest into a single key. */
  depth: 30,
  parameterLimit: MOST_FIELDS,
  arrayLimit: MOST_FIELDS,
  throwOnLimitExceeded: true,
}

/** Product lists, and their corrections, are the only uploads; controllers read them with `receiveFile`. */
const UPLOAD_LIMIT = '2mb'
const UPLOADS = [
  '/owner/shops/:shop_id/product-imports',
  '/owner/shops/:shop_id/product-imports/:id',
]

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    queryString: FIELDS,
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
