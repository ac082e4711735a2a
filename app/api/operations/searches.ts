import { productHitSchema, shopHitSchema } from '#transformers/search_hit_transformer'
import { searchValidator } from '#validators/api'
import type { Operations } from '#api/operation'

export const SEARCHES: Operations = {
  'api.searches.show': {
    summary: 'Search shops and products',
    description:
      'Typing errors are forgiven; products are also found by their Hindi names. An amount, such as `besan 500g`, puts what can be bought as ' +
      'that amount first. A country leaves shops out. The city may be written as for a new shop.',
    query: searchValidator,
    answer: {
      status: 200,
      description: 'The best hits, best first',
      schema: { count: [shopHitSchema, productHitSchema] },
    },
    problems: { 503: 'The search engine or the database is unavailable' },
  },
}
