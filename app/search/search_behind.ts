import { SearchUnavailable } from '#search/search_unavailable'

/** The index works but has not reached the session's minimum position. */
export class SearchBehind extends SearchUnavailable {
  static code = 'E_SEARCH_BEHIND'
  static message = 'The search index is behind'
}
