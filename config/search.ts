import app from '@adonisjs/core/services/app'
import env from '#start/env'

export default {
  /** `embedded` searches in PostgreSQL itself; `elasticsearch` falls back to it. */
  engine: env.get('SEARCH_ENGINE') ?? ('embedded' as const),

  /** Who writes the documents: `app` itself, or the sink of Kafka Connect. */
  indexer: env.get('SEARCH_INDEXER') ?? ('app' as const),

  elasticsearch: {
    url: env.get('ELASTICSEARCH_URL') ?? 'http://127.0.0.1:9200',
    /** What the names of indices begin with; the sink connector writes to these too. */
    prefix: env.get('ELASTICSEARCH_PREFIX') ?? 'kirana',
    /** How long a search may take before the embedded engine is asked, in milliseconds. */
    timeout: 500,
  },

  /** Files of synonyms, each extending those before it; see docs/search.md. */
  synonyms: [app.makePath('resources/search/synonyms.txt'), env.get('SEARCH_SYNONYMS')].filter(
    (path) => path !== undefined
  ),

  /** What tells people apart who search in vain is made with this, so that it says nothing else of them. */
  zeroResultSecret: env.get('APP_KEY').release(),
}
