import app from '@adonisjs/core/services/app'
import env from '#start/env'

export default {
  /** `embedded` searches in PostgreSQL itself. */
  engine: 'embedded' as const,

  /** Files of synonyms, each extending those before it; see docs/search.md. */
  synonyms: [app.makePath('resources/search/synonyms.txt'), env.get('SEARCH_SYNONYMS')].filter(
    (path) => path !== undefined
  ),
}
