import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'
import { oddTexts } from '#tests/functional/search/odd_texts'

const search = (parameters: Record<string, string>) => {
  return new Visitor().visit(`/search?${new URLSearchParams(parameters)}`)
}

test.group('Search page', (group) => {
  group.each.setup(emptyDatabase)

  test('finds what was misspelt', async ({ assert }) => {
    const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
    await createProduct({ shopId: shop.id, name: 'Besan', nameHi: null })
    const page = await search({ q: 'besn' })
    assert.equal(page.status, 200)
    assert.include(page.$('#results').text(), 'Besan')
    assert.include(page.$('#results').text(), 'Gupta Kirana')
  })

  test('invites to search before anything was typed', async ({ assert }) => {
    assert.equal((await search({})).status, 200)
  })

  test('takes whatever is typed', async ({ assert }) => {
    await createProduct({ name: 'Besan' })
    const texts = [...oddTexts(40, 7), 'x'.repeat(10_000), '😀'.repeat(1_000), '\0', '%', '%%00']
    for (const q of texts) {
      const page = await search({ q: q.toWellFormed() })
      assert.equal(page.status, 200, JSON.stringify(q.slice(0, 80)))
    }
  }).timeout(60_000)

  test('is not confused by what it does not know', async ({ assert }) => {
    const unknown: [string, string][] = [
      ['type', 'everything'],
      ['size', '51'],
      ['size', 'many'],
      ['city', 'a\0'],
    ]
    for (const [name, value] of unknown) {
      const { status } = await search({ q: 'besan', [name]: value })
      assert.isBelow(status, 500, name)
    }
  })
})
