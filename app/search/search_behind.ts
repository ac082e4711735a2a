import { SearchUnavailable } from '#search/search_unavailable'

/** The search engine works, and has not read as far as the session needs. */
export class SearchBehind extends SearchUnavailable {
  static code = 'E_SEARCH_BEHIND'
  static message = 'Search has not read far enough yet'
}
