import { configApp } from '@adonisjs/eslint-config'

/** Who may know whom; see docs/architecture.md. Adapters are named by providers alone. */
const ADAPTERS =
  '^#(caches/(memory|redis)_cache|change_feed/(pgoutput|kafka)_|search/(postgres|elasticsearch))'

const OTHER_INDEX = 'One index knows nothing of another; what both need belongs to Search.'

const forbid = (regex, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ regex, message }] }],
})

export default configApp(
  {
    ignores: [
      '.adonisjs/**',
      'build/**',
      '.build/**',
      'public/**',
      '.data/**',
      'tmp/**',
      'database/schema.ts',
    ],
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
  },
  {
    files: ['app/search/*.ts', 'app/search/{understanding,zero_results}/**/*.ts'],
    rules: forbid(
      '^#search/(postgres|elasticsearch)/|^#(controllers|providers)/',
      'Search knows its indices through the port SearchIndex alone.'
    ),
  },
  {
    files: ['app/search/postgres/**/*.ts'],
    rules: forbid('^#search/elasticsearch/|^#(controllers|providers)/', OTHER_INDEX),
  },
  {
    files: ['app/search/elasticsearch/**/*.ts'],
    rules: forbid('^#search/postgres/|^#(controllers|providers)/', OTHER_INDEX),
  }
)
