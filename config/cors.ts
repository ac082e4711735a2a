import env from '#start/env'
import { defineConfig } from '@adonisjs/cors'

/** Configured other origins may use the API, without cookies. */
export default defineConfig({
  enabled: ({ request }) => /^\/(api\/|openapi\.json$)/.test(request.url()),
  origin: env.get('API_ORIGINS')?.split(/[\s,]+/) ?? [],
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  headers: true,
  exposeHeaders: [
    'etag',
    'link',
    'ratelimit',
    'ratelimit-policy',
    'retry-after',
    'x-request-id',
    'www-authenticate',
  ],
  credentials: false,
  maxAge: 600,
})
