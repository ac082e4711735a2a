import { test } from '@japa/runner'
import settings from '../../../../infra/elasticsearch/settings.json' with { type: 'json' }
import { definitionOf } from '#search/elasticsearch/indexing/index_definitions'
import { fold } from '#text/fold'
import { withInherentVowels } from '#search/understanding/transliteration'

const inIndex = new Map(
  settings.analysis.char_filter.composed.mappings
    .map((line) =>
      line.replace(/\\u([0-9A-F]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    )
    .map((line) => line.split('=>') as [string, string])
)

test.group('Letters in Elasticsearch', () => {
  test('of Indian scripts are taken apart as in queries', ({ assert }) => {
    for (let code = 0x0900; code < 0x0d80; code++) {
      const letter = String.fromCharCode(code)
      if (!/[\p{L}\p{M}]/u.test(letter)) continue
      const folded = fold(letter)
      if (folded !== letter && folded !== '') assert.equal(inIndex.get(letter), folded, letter)
    }
  })

  test('are transliterated as in queries', ({ assert }) => {
    const { analysis } = definitionOf('products', 'app').settings.index as any
    const mappings: string[] = analysis.char_filter.transliterated.mappings
    for (const line of mappings) {
      const [letters, sound] = line.split('=>')
      assert.equal(withInherentVowels(letters), sound, letters)
    }
  })
})
