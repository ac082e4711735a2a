import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import type { Visitor } from '#tests/helpers/visitor'
import { everyPage, pagesOf } from './every_page.js'

const HOSTILE = `<b id="x">"'{{7*7}}'; DROP TABLE--`

/** Pages that show what was typed when they are asked in a certain way. */
const ASKED = [
  ...['/search?q=drop+table', '/search/suggestions?q=drop+table'],
  ...['/search?q=', '/shops?city=', '/search?city=', '/login?return_to=/'].map(
    (path) => path + encodeURIComponent(HOSTILE)
  ),
]

/** Every text that people type somewhere, by table. */
const TYPED: Record<string, string[]> = {
  users: ['full_name', 'address'],
  addresses: ['label', 'line', 'landmark', 'city'],
  shops: ['name', 'city'],
  products: ['name', 'name_hi', 'unit', 'maker', 'maker_address'],
  shop_settings: ['legal_name', 'legal_address', 'address'],
  orders: ['customer_name', 'shop_name', 'address', 'note'],
  order_items: ['name', 'name_hi', 'unit'],
  order_events: ['reason'],
}

async function writeEverywhere() {
  for (const [table, columns] of Object.entries(TYPED)) {
    for (const column of columns) await db.from(table).update({ [column]: HOSTILE })
  }
}

test.group('What people typed', (group) => {
  let visitors: Visitor[]
  let pages: string[]

  group.setup(async () => {
    await emptyDatabase()
    const { customer, owner, pages: paths } = await everyPage(writeEverywhere)
    visitors = [customer, owner]
    pages = paths
  })

  test('is shown as text on every page', async ({ assert }) => {
    let shown = 0
    for (const visitor of visitors) {
      for await (const { $, html, asked } of pagesOf(visitor, [...pages, ...ASKED])) {
        assert.lengthOf($('#x'), 0, asked)
        assert.notInclude(html, '<b id="x">', asked)
        if (html.includes('&lt;b id=')) shown++
      }
    }
    assert.isAbove(shown, 20)
    const found = await visitors[0].visit('/search?q=drop+table')
    assert.include(found.$('#results').text(), HOSTILE)
  })

  test('is neither a statement nor a pattern where it is searched for', async ({ assert }) => {
    const q = encodeURIComponent(HOSTILE)
    for (const visitor of visitors) {
      const lists = pages.filter((path) => /^\/(owner\/shops\/[^/]+|shops|search.*)$/.test(path))
      for (const list of lists) {
        for (const field of ['q', 'city', 'after', 'category']) {
          const { status } = await visitor.visit(`${list}?${field}=${q}`)
          assert.include([200, 404], status, `${list}?${field}`)
        }
      }
    }
    assert.isAbove(Number((await db.from('users').count('*'))[0].count), 4)
  })

  test('that was encoded twice is decoded once', async ({ assert }) => {
    const page = await visitors[0].visit('/search?q=%253Cb%253E')
    assert.equal(page.$('input[name=q]').first().val(), '%3Cb%3E')
  })
})
