import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

const asFragment = (q: string) => {
  return new Visitor().fragment('GET', `/search/suggestions?${new URLSearchParams({ q })}`)
}

test.group('Suggestions', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    const shop = await createShop({ name: 'Besan Bhandar', city: 'Pune' })
    await createProduct({ shopId: shop.id, name: 'Besan', category: 'flours' })
  })

  test('are options that lead to products, categories and shops', async ({ assert }) => {
    const { $ } = await asFragment('be')
    const options = $('[role=listbox] [role=option]')
      .toArray()
      .map((option) => [$(option).text().replace(/\s+/g, ' ').trim(), $(option).attr('href')])
    assert.deepEqual(
      options.map(([text]) => text),
      ['Besan बेसन', 'be in Atta and flours', 'Besan Bhandar Pune']
    )
    assert.match(options[0][1]!, /\/search\?q=Besan$/)
    assert.match(options[1][1]!, /category=flours/)
    assert.match(options[2][1]!, /\/shops\/[0-9a-f-]{36}$/)
    assert.equal($('[data-message]').attr('data-message'), '3 suggestions')
  })

  test('begin with two letters', async ({ assert }) => {
    assert.lengthOf((await asFragment('b')).$('[role=option]'), 0)
    assert.lengthOf((await asFragment('बे')).$('[role=option]'), 2)
  })

  test('are a page of links for who has no JavaScript', async ({ assert }) => {
    const page = await new Visitor().visit('/search/suggestions?q=besan')
    assert.equal(page.status, 200)
    assert.isAtLeast(page.$('main a[href*="q=Besan"]').length, 1)
  })

  test('take whatever is typed', async ({ assert }) => {
    for (const q of ['', '\0', '.*', '😀😀', 'x'.repeat(10_000), '\u202eabc', "' OR 1=1"]) {
      assert.equal((await asFragment(q)).status, 200, q.slice(0, 10))
    }
  })
})
