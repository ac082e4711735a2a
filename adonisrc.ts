import { indexEntities } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  commands: [
    () => import('@adonisjs/core/commands'),
    () => import('@adonisjs/lucid/commands'),
    () => import('@adonisjs/session/commands'),
  ],

  providers: [
    /** First, so that it is shut down last: nothing else may still need the database. */
    () => import('#providers/embedded_database_provider'),
    () => import('#providers/tracing_provider'),
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    { file: () => import('@adonisjs/core/providers/repl_provider'), environment: ['repl', 'test'] },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('@adonisjs/cors/cors_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('#providers/commits_provider'),
    () => import('@adonisjs/auth/auth_provider'),
    () => import('@adonisjs/i18n/i18n_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
    () => import('@adonisjs/lock/lock_provider'),
    () => import('@adonisjs/redis/redis_provider'),
    () => import('#providers/security_log_provider'),
    () => import('#providers/replication_provider'),
    () => import('#providers/cache_provider'),
    () => import('#providers/knowledge_provider'),
    () => import('#providers/announcements_provider'),
    () => import('#providers/search_provider'),
    () => import('#providers/change_feed_provider'),
    () => import('#providers/workers_provider'),
    () => import('#providers/live_orders_provider'),
    () => import('#providers/order_expiry_provider'),
    () => import('#providers/push_provider'),
    () => import('#providers/connectors_provider'),
    () => import('#providers/search_indexing_provider'),
    () => import('#providers/housekeeping_provider'),
  ],

  preloads: [
    () => import('#start/routes/pages'),
    () => import('#start/routes/api'),
    () => import('#start/routes/account'),
    () => import('#start/routes/orders'),
    () => import('#start/routes/owner'),
    () => import('#start/routes/kept_forms'),
    () => import('#start/kernel'),
    () => import('#start/view'),
    () => import('#start/events'),
  ],

  tests: {
    suites: [
      { name: 'unit', files: ['tests/unit/**/*.spec.ts'], timeout: 5_000 },
      { name: 'integration', files: ['tests/integration/**/*.spec.ts'], timeout: 60_000 },
      { name: 'functional', files: ['tests/functional/**/*.spec.ts'], timeout: 15_000 },
      { name: 'consistency', files: ['tests/consistency/**/*.spec.ts'] },
      { name: 'browser', files: ['tests/browser/**/*.spec.ts'], timeout: 60_000 },
      { name: 'screenshots', files: ['tests/screenshots/**/*.spec.ts'] },
      { name: 'security', files: ['tests/security/**/*.spec.ts'], timeout: 60_000 },
      { name: 'image', files: ['tests/image/**/*.spec.ts'] },
      { name: 'containers', files: ['tests/containers/**/*.spec.ts'] },
      { name: 'processes', files: ['tests/processes/**/*.spec.ts'], timeout: 60_000 },
      { name: 'stack', files: ['tests/stack/**/*.spec.ts'], timeout: 60_000 },
    ],
    forceExit: false,
  },

  metaFiles: [
    { pattern: 'resources/views/**/*.edge', reloadServer: false },
    { pattern: 'resources/lang/**/*.json', reloadServer: true },
    { pattern: 'resources/search/**', reloadServer: true },
    { pattern: 'database/demo/*.json', reloadServer: false },
    { pattern: 'connectors/*.json', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
  ],

  hooks: { init: [indexEntities()] },
})
