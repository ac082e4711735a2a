import { defineConfig } from '@adonisjs/core/bodyparser'

/** Forms here are a handful of short fields; `TrimFieldsMiddleware` trims them, but for passwords. */
const LIMIT = '64kb'

/** A list of products is the one thing that is uploaded; its controller reads it, by `receiveFile`. */
const UPLOAD_LIMIT = '1mb'
const UPLOADS = [
  '/owner/shops/:shop_id/product-imports/preview',
  '/owner/shops/:shop_id/product-imports',
]

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    /** More than `ReadableBodyMiddleware` lets pass; the rest would become a name of many brackets. */
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
