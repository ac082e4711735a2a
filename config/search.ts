import app from '@adonisjs/core/services/app'
import env from '#start/env'

export default {
  /** `embedded` searches in PostgreSQL; `elasticsearch` uses that as its fallback. */
  engine: env.get('SEARCH_ENGINE') ?? ('embedded' as const),

  /** Who writes the documents: `app` itself, or Kafka Connect's sink. */
  indexer: env.get('SEARCH_INDEXER') ?? ('app' as const),

  elasticsearch: {
    url: env.get('ELASTICSEARCH_URL') ?? 'http://127.0.0.1:9200',
    /** Prefix of the index names; the sink connector uses it too. */
    prefix: env.get('ELASTICSEARCH_PREFIX') ?? 'kirana',
    /** Search timeout before the fallback to the embedded engine, in milliseconds. */
    timeout: 500,
  },

  /** Synonym files, each extending the previous ones; see docs/search.md. */
  synonyms: [app.makePath('resources/search/synonyms.txt'), env.get('SEARCH_SYNONYMS')].filter(
    (path) => path !== undefined
  ),

  /** A folder with the names of goods in India's other languages, a file each. */
  languages: app.makePath('resources/search/languages'),

  /** Key for the pseudonyms that count distinct people per zero-result search. */
  zeroResultSecret: env.get('APP_KEY').release(),
}
