import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import fc from 'fast-check'
import CounterSale from '#models/counter_sale'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openByName } from '#tests/helpers/named_khatas'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 6)
const SEED = process.env.PROPERTY_SEED ? Number(process.env.PROPERTY_SEED) : undefined
const LIMIT = 20_000

const step = fc.record({
  does: fc.constantFrom('sell', 'settle', 'reverse', 'undo', 'join', 'open'),
  at: fc.nat(20),
  paise: fc.integer({ min: 1, max: 12_000 }),
})

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

test.group('The khatas of a shop', () => {
  let owner: User
  let customers: User[]
  let shop: Shop
  let product: Product
  /** What all customers together took less what they paid. */
  let owed: number

  const shelf = 1_000

  async function take({ does, at, paise }: Step) {
    const open = await Khata.query().where({ shopId: shop.id, state: 'open' }).orderBy('id')
    const khata = open[at % Math.max(1, open.length)]
    if (does === 'open' || !khata) return openByName(shop.id, { limitPaise: LIMIT })
    if (does === 'join') {
      if (!khata.isByName) return
      const code = await KhataInvitation.makeJoiningCode(khata)
      return KhataInvitation.enterCode(code, customers[at % customers.length])
    }
    if (does === 'sell') {
      const items = at % 2 ? [{ productId: product.id, typed: String(1 + (at % 3)) }] : []
      const sale = { otherPaise: paise, items, payment: 'khata' as const, khataId: khata.id }
      const { amountPaise } = await db.transaction((client) =>
        CounterSale.sell(shop, sale, owner, client)
      )
      owed += amountPaise
    }
    if (does === 'settle') {
      await khata.settle(paise, 'cash', owner, null)
      owed -= paise
    }
    if (does === 'reverse') {
      const line = (await khata.statement()).find(({ reversiblePaise }) => reversiblePaise !== 0)
      if (!line) return
      await khata.reverse(line.id, owner, 'Mistake')
      owed -= line.reversiblePaise
    }
    if (does === 'undo') {
      const sale = await CounterSale.query().whereNull('undone_at').orderBy('id', 'desc').first()
      if (!sale) return
      await sale.undo(owner, 'Undone')
      owed -= sale.amountPaise
    }
  }

  const refused = (error: { code?: string }) => {
    const isExpected = /^E_(KHATA|SALE|SETTLEMENT|INVITATION)_REFUSED$/.test(error.code ?? '')
    if (!isExpected) throw error
  }

  test('add up with sales, payments, corrections, undone sales and joins', async ({ assert }) => {
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }),
      async (steps) => {
        await emptyDatabase()
        owner = await createOwner()
        customers = [await createUser(), await createUser()]
        shop = await createShop({ ownerId: owner.id })
        product = await createProduct({ shopId: shop.id, pricePaise: 900, stock: shelf })
        owed = 0
        for (const one of steps) await take(one).catch(refused)

        const khatas = await Khata.withBalances(Khata.query())
        const balances = khatas.reduce((sum, { balancePaise }) => sum + balancePaise, 0)
        assert.equal(balances, owed, 'sum of the balances')
        for (const { khata, balancePaise } of khatas) {
          const lines = await khata.statement()
          const sum = lines.reduce((paise, { amountPaise }) => paise + amountPaise, 0)
          assert.equal(sum, balancePaise, 'sum of the lines')
          if (!khata.isOpen) assert.equal(balancePaise, 0, 'a closed khata is even')
        }
        const { rows: uneven } = await db.rawQuery(
          'SELECT FROM khata_entries GROUP BY transaction_id HAVING sum(amount_paise) <> 0'
        )
        assert.lengthOf(uneven, 0)
        const { rows } = await db.rawQuery(
          `SELECT coalesce(sum(taken), 0)::int AS taken FROM counter_sale_lines
           JOIN counter_sales ON counter_sales.id = sale_id WHERE undone_at IS NULL`
        )
        assert.equal((await product.refresh()).stock, shelf - rows[0].taken)
      }
    )
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true })
  })
    .timeout(60_000 + RUNS * 30_000)
    .tags(['@property'])
})
