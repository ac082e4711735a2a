import { errors } from '@elastic/elasticsearch'
import { SearchUnavailable } from '#search/search_unavailable'

/** The index does not exist. */
export class IndexMissing extends SearchUnavailable {
  static code = 'E_SEARCH_INDEX_MISSING'
  static message = 'The search index is missing'
}

/** Converts a client error into `SearchUnavailable`. */
export function toSearchError(cause: unknown): SearchUnavailable {
  if (cause instanceof SearchUnavailable) return cause
  if (isIndexMissing(cause)) return new IndexMissing(undefined, { cause })
  return new SearchUnavailable(`Elasticsearch: ${reasonOf(cause)}`, { cause })
}

function isIndexMissing(error: unknown) {
  return error instanceof errors.ResponseError && error.body?.error?.type === MISSING
}

/** Elasticsearch's error type for a missing index. */
export const MISSING = 'index_not_found_exception'

function reasonOf(error: unknown) {
  if (!(error instanceof errors.ResponseError)) return (error as Error).message
  const { type, reason } = error.body?.error ?? {}
  return `${error.statusCode} ${type ?? ''} ${reason ?? ''}`.trim()
}
