import type { errors } from '@elastic/elasticsearch'
import { KafkaUnreachable } from '#connectors/kafka_unreachable'
import { SearchUnavailable } from '#search/search_unavailable'

/** The index does not exist. */
export class IndexMissing extends SearchUnavailable {
  static code = 'E_SEARCH_INDEX_MISSING'
  static message = 'The search index is missing'
}

/** Converts a client's error into `SearchUnavailable`. */
export function toSearchError(cause: unknown): SearchUnavailable {
  if (cause instanceof SearchUnavailable) return cause
  if (cause instanceof KafkaUnreachable) return new SearchUnavailable(cause.message, { cause })
  if (isIndexMissing(cause)) return new IndexMissing(undefined, { cause })
  return new SearchUnavailable(`Elasticsearch: ${reasonOf(cause)}`, { cause })
}

function isIndexMissing(error: unknown) {
  return isResponse(error) && error.body?.error?.type === MISSING
}

/** By its name: the client takes 15 MB, which only servers with Elasticsearch should spend. */
function isResponse(error: unknown): error is errors.ResponseError {
  return error instanceof Error && error.name === 'ResponseError'
}

/** Elasticsearch's error type for a missing index. */
export const MISSING = 'index_not_found_exception'

function reasonOf(error: unknown) {
  if (!isResponse(error)) return (error as Error).message
  const { type, reason } = error.body?.error ?? {}
  return `${error.statusCode} ${type ?? ''} ${reason ?? ''}`.trim()
}
