import { defineConfig } from '@adonisjs/shield'

/** Headers are in `config/headers`, for answers that never get here too. */
export default defineConfig({
  csrf: {
    enabled: true,
    exceptRoutes: [],
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
})
