import type { Client, estypes } from '@elastic/elasticsearch'
import { IndexMissing, MISSING } from '#search/elasticsearch/errors'
import { progressBody, progressOf, type IndexProgress } from '#search/elasticsearch/index_position'
import type { Table } from '#search/elasticsearch/documents'
import type { IndexNames } from '#search/elasticsearch/index_names'

export interface TableSearch {
  table: Table
  body: estypes.SearchRequest
}

export type Answer = estypes.SearchResponseBody<any, any>

/** The requests of one search; each also returns the indices' progress. */
export class SearchSession {
  constructor(
    private client: Client,
    private names: IndexNames,
    private note: (after: IndexProgress) => void
  ) {}

  /** Runs several searches in one request. @throws IndexMissing */
  async ask(searches: TableSearch[]): Promise<Answer[]> {
    const { responses } = await this.client.msearch<any, any>({
      searches: [
        ...searches.flatMap(({ table, body }) => [{ index: this.names.alias(table) }, body]),
        ...[{ index: this.names.aliases }, progressBody()],
      ],
    })
    const answers = responses.map(answerOf)
    this.note(progressOf(answers.at(-1)!))
    return answers.slice(0, -1)
  }
}

/** @throws the error of a single search */
function answerOf(response: estypes.MsearchResponseItem<any>): Answer {
  if (!('error' in response)) return response
  const { type, reason } = response.error
  if (type === MISSING) throw new IndexMissing()
  throw new Error(`${response.status} ${type} ${reason ?? ''}`)
}
