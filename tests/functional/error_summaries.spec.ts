import { test } from '@japa/runner'
import type User from '#models/user'
import { crowdedMarket, type Market } from '#tests/helpers/crowded_market'
import { emptyDatabase } from '#tests/helpers/database'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const FORMS = [
  { path: '/login', form: '#session-form' },
  { path: '/register/:role', form: '#account-form' },
  { path: '/account', form: '#details-form' },
  { path: '/account/password', form: '#password-form' },
  { path: '/products/:product_id/checkout', form: '#checkout-form' },
  { path: '/orders/:id?paid', form: '#claim-form' },
  { path: '/khatas', form: '#code-form' },
  { path: '/owner/orders/:id', form: '#decline-form button' },
  { path: '/owner/shops/create', form: '#shop-form' },
  { path: '/owner/shops/:id/edit', form: '#shop-form' },
  { path: '/owner/shops/:shop_id/products/create', form: '#product-form' },
  { path: '/owner/shops/:shop_id/products/:id/edit', form: '#product-form' },
  { path: '/owner/shops/:shop_id/settings', form: '#settings-form' },
  { path: '/owner/shops/:shop_id/khatas', form: '#khata-form' },
  { path: '/owner/shops/:shop_id/khatas', form: '#code-form' },
  { path: '/owner/shops/:shop_id/khatas/:id', form: '#settlement-form' },
  { path: '/owner/shops/:shop_id/khatas/:id', form: '#limit-form' },
  {
    path: '/owner/shops/:shop_id/khatas/:khata_id/transactions/:transaction_id/reversal',
    form: '#reversal-form',
  },
]

test.group('Error summaries', (group) => {
  let market: Market
  const people: Record<string, Visitor> = { guest: new Visitor() }

  group.setup(async () => {
    await emptyDatabase()
    market = await crowdedMarket()
    for (const who of ['customer', 'owner'] as const) {
      people[who] = await loggedIn(market[who] as User)
    }
  })

  test('of {form} on {path} link to the fields, in their order')
    .with(FORMS)
    .run(async ({ assert }, { path, form }) => {
      const [who, paths] = Object.entries(market.paths).find(([, known]) => path in known)!
      const visitor = people[who]
      await visitor.visit((paths as Record<string, string>)[path])
      const typed = visitor.page!.$(form.split(' ')[0]).find('input:not([type=hidden]), select')
      const fields = typed.get().filter(({ attribs }) => attribs.type !== 'radio')
      const choices: Record<string, string> = typed.is('[name=address_id]')
        ? { address_id: 'new' }
        : {}
      const page = await visitor.submit(form, {
        ...choices,
        ...Object.fromEntries(fields.map(({ attribs }) => [attribs.name, ''])),
      })
      assert.equal(page.status, 422)
      const ids = page
        .$('.summary a')
        .get()
        .map(({ attribs }) => attribs.href.slice(1))
      const inPage = page
        .$('[id]')
        .get()
        .map(({ attribs }) => attribs.id)
      assert.isAtLeast(ids.length, 1)
      assert.deepEqual(
        ids,
        inPage.filter((id) => ids.includes(id))
      )
      assert.equal(page.$('.summary').attr('tabindex'), '-1')
    })
})
