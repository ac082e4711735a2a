import { configApp } from '@adonisjs/eslint-config'

/** Who may know whom; see docs/architecture.md. Adapters are named by providers alone. */
const ADAPTERS =
  '^#(caches/(memory|redis)_cache|change_feed/(pgoutput|kafka)_|search/(embedded|elasticsearch))'

const forbid = (regex, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ regex, message }] }],
})

export default configApp(
  {
    ignores: ['.adonisjs/**', 'build/**', 'public/**', '.data/**', 'tmp/**', 'database/schema.ts'],
  },
  { rules: { '@unicorn/no-await-expression-member': 'off' } },
  {
    files: ['app/**/*.ts'],
    rules: forbid('^#(controllers|providers)/', 'Nothing below a controller knows controllers.'),
  },
  {
    files: [
      'app/{cart,controllers,events,forms,health_checks,middleware,models,orders,services,sessions,validators}/**/*.ts',
    ],
    rules: forbid(
      `${ADAPTERS}|^#(change_feed/handlers|caches/(cache|read_through)$|providers|controllers)`,
      'Ask a port or a caching service: adapters are named by providers alone.'
    ),
  }
)
