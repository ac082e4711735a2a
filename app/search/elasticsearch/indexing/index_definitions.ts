import { createHash } from 'node:crypto'
import type { estypes } from '@elastic/elasticsearch'
import products from '../../../../infra/elasticsearch/products.json' with { type: 'json' }
import searchNames from '../../../../infra/elasticsearch/search_names.json' with { type: 'json' }
import settings from '../../../../infra/elasticsearch/settings.json' with { type: 'json' }
import shops from '../../../../infra/elasticsearch/shops.json' with { type: 'json' }
import { SPELLING_RULES } from '#search/understanding/spelling'
import { TRANSLITERATION } from '#search/understanding/transliteration'
import type { Indexer, Table } from '#search/elasticsearch/documents'

const MAPPINGS = { products, search_names: searchNames, shops } as Record<
  Table,
  estypes.MappingTypeMapping
>

/** Analysis equivalent to `spellingKey`, with the same rules as for queries. */
const SPELLING = {
  char_filter: {
    transliterated: {
      type: 'mapping',
      mappings: Array.from(TRANSLITERATION, ([letters, sound]) => `${letters}=>${sound}`),
    },
  },
  filter: Object.fromEntries([
    ['untransliterated', replacing('[\\u0900-\\u0D7F]', '')],
    ...SPELLING_RULES.map((rule, at) => [`spelling_${at}`, replacing(...rule)]),
  ]),
  analyzer: {
    spelling: {
      char_filter: ['composed', 'ignored', 'transliterated'],
      tokenizer: 'words',
      filter: [
        ...['lowercase', 'decimal_digit', 'asciifolding', 'shortened', 'untransliterated'],
        ...SPELLING_RULES.map((_, at) => `spelling_${at}`),
      ],
    },
  },
}

/** Index sort order, so that hits shown together are stored together. */
export const INDEX_ORDER: Record<Table, string[]> = {
  products: ['name.folded', 'price_paise', 'id'],
  shops: ['name.folded', 'id'],
  search_names: ['name.folded', 'id'],
}

const INDEX_SETTINGS = {
  ...settings,
  analysis: {
    ...settings.analysis,
    char_filter: { ...settings.analysis.char_filter, ...SPELLING.char_filter },
    filter: { ...settings.analysis.filter, ...SPELLING.filter },
    analyzer: { ...settings.analysis.analyzer, ...SPELLING.analyzer },
  },
}

export interface IndexDefinition {
  settings: estypes.IndicesIndexSettings
  mappings: estypes.MappingTypeMapping
}

/** Settings and mappings of a table's index, tagged with `definitionHash`. */
export function definitionOf(table: Table, indexer: Indexer): IndexDefinition {
  return {
    settings: { index: settingsOf(table) },
    mappings: { ...MAPPINGS[table], _meta: { definition: definitionHash(table, indexer) } },
  }
}

/** Changes with the definition and the indexer; an index with another hash must be rebuilt. */
export function definitionHash(table: Table, indexer: Indexer): string {
  const of = `${table} ${indexer}`
  const hash = hashes.get(of) ?? computeHash(table, indexer)
  hashes.set(of, hash)
  return hash
}

const hashes = new Map<string, string>()

function computeHash(table: Table, indexer: Indexer) {
  const sink = indexer === 'connect' ? [indexer] : []
  const text = JSON.stringify([settingsOf(table), MAPPINGS[table], ...sink])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function settingsOf(table: Table): object {
  return { ...INDEX_SETTINGS, sort: { field: INDEX_ORDER[table] } }
}

function replacing(pattern: string, replacement: string) {
  return { type: 'pattern_replace', pattern, replacement }
}
