import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** Static files besides those in `public/`, by their path. */
export default {
  others: {
    '/docs/swagger-ui.css': resolve('swagger-ui-dist/swagger-ui.css'),
    '/docs/swagger-ui-bundle.js': resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
}
