import { defineConfig } from '@adonisjs/core/bodyparser'

/** Forms here are a handful of short fields; nothing is uploaded yet. */
const LIMIT = '64kb'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    limit: LIMIT,
    types: ['application/x-www-form-urlencoded'],
  },
  json: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    limit: LIMIT,
    types: ['application/json'],
  },
  multipart: {
    autoProcess: false,
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    processManually: [],
    limit: LIMIT,
    types: ['multipart/form-data'],
  },
})
