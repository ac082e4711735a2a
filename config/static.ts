import { createRequire } from 'node:module'
import env from '#start/env'

const { resolve } = createRequire(import.meta.url)

const workbox = ['core', 'routing', 'strategies', 'expiration', 'background-sync'].map((part) => [
  `/sw/workbox-${part}.js`,
  resolve(`workbox-${part}/build/workbox-${part}.prod.js`),
])

/** Static files besides those in `public/`, by their path. */
export default {
  /** Whether browsers keep pages for when they are offline. */
  serviceWorker: env.get('SERVICE_WORKER', true),

  others: {
    '/docs/swagger-ui.css': resolve('swagger-ui-dist/swagger-ui.css'),
    '/docs/swagger-ui-bundle.js': resolve('swagger-ui-dist/swagger-ui-bundle.js'),
    ...Object.fromEntries(workbox),
  },
}
