import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ClosingRefused } from '#exceptions/closing_refused'
import { TransitionRefused } from '#exceptions/transition_refused'
import Order from '#models/order'
import Shop from '#models/shop'
import User from '#models/user'
import { allows, OPEN_STATES } from '#models/order_state'
import { LOCKED } from '#passwords/password_hash'

export interface Removal {
  accounts: number
  shops: number
  /** Shops that stay, closed, because other people have ordered there. */
  keptShops: Shop[]
  /** Accounts that stay, locked, because they have traded with other people. */
  keptAccounts: User[]
}

const AT_A_TIME = 100
const REASON = 'This was a demo shop, which is closed now'

const DEMO = '(SELECT id FROM users WHERE is_demo)'
const KHATAS = `SELECT id FROM khatas WHERE shop_id = :shopId AND (customer_id IS NULL OR customer_id IN ${DEMO})`

/** Data between demo accounts and demo shops, in the order that foreign keys require. */
const TRADE = [
  `DELETE FROM counter_sales WHERE shop_id = :shopId AND (khata_transaction_id IS NULL
    OR khata_transaction_id IN (SELECT id FROM khata_transactions WHERE khata_id IN (${KHATAS})))`,
  `DELETE FROM khata_entries WHERE transaction_id IN (
    SELECT id FROM khata_transactions WHERE khata_id IN (${KHATAS}))`,
  `DELETE FROM khata_transactions WHERE khata_id IN (${KHATAS})`,
  `DELETE FROM khatas WHERE id IN (${KHATAS})`,
  `DELETE FROM khata_invitations WHERE shop_id = :shopId AND customer_id IN ${DEMO}`,
  `DELETE FROM orders WHERE shop_id = :shopId AND customer_id IN ${DEMO}`,
]

/** Leftovers at other people's shops, then accounts without trade with other people. */
const ACCOUNTS = [
  `DELETE FROM khatas WHERE customer_id IN ${DEMO}
    AND NOT EXISTS (SELECT FROM khata_transactions WHERE khata_id = khatas.id)
    AND NOT EXISTS (SELECT FROM khatas AS named WHERE named.joined_to_id = khatas.id)`,
  `DELETE FROM khata_invitations WHERE customer_id IN ${DEMO}
    AND NOT EXISTS (SELECT FROM khatas
      WHERE (shop_id, customer_id) = (khata_invitations.shop_id, khata_invitations.customer_id))`,
  `DELETE FROM users WHERE is_demo
    AND NOT EXISTS (SELECT FROM shops WHERE owner_id = users.id)
    AND NOT EXISTS (SELECT FROM orders WHERE customer_id = users.id)
    AND NOT EXISTS (SELECT FROM khatas WHERE customer_id = users.id)`,
]

/**
 * Removes demo accounts with their shops, products and orders. Data shared with other people stays: their orders
 * and khatas, the shops involved (closed) and the accounts involved (locked). Can be repeated after an
 * interruption.
 */
export async function removeDemo(onShop: (done: number) => void = () => {}): Promise<Removal> {
  const accounts = await lockAccounts()
  await withdrawOrders()
  const shops = await Shop.query()
    .whereHas('owner', (owner) => owner.where('is_demo', true))
    .preload('owner')
    .orderBy('id')
  const keptShops: Shop[] = []
  for (const [index, shop] of shops.entries()) {
    await db.transaction((client) => run(TRADE, client, { shopId: shop.id }))
    if ((await closeForGood(shop)) === 'closed') keptShops.push(shop)
    onShop(index + 1)
  }
  await db.transaction((client) => run(ACCOUNTS, client))
  const keptAccounts = await User.query().where('is_demo', true).orderBy('id')
  return {
    accounts: accounts - keptAccounts.length,
    shops: shops.length - keptShops.length,
    keptShops,
    keptAccounts,
  }
}

/** Prevents further trade with demo accounts. */
async function lockAccounts() {
  return db.transaction(async (client) => {
    await client.table('demo_removals').insert({ removed_at: new Date() })
    const { rowCount } = await client.rawQuery(`UPDATE users SET password = ? WHERE is_demo`, [
      LOCKED,
    ])
    await client.rawQuery(`DELETE FROM access_tokens WHERE tokenable_id IN ${DEMO}`)
    return rowCount as number
  })
}

/** Withdraws orders of demo accounts at other people's shops: nobody will collect or pay for them. */
async function withdrawOrders() {
  const orders = await Order.query()
    .whereIn('state', [...OPEN_STATES])
    .whereRaw(`customer_id IN ${DEMO}`)
    .whereRaw(`shop_id IN (SELECT id FROM shops WHERE owner_id NOT IN ${DEMO})`)
  for (const order of orders.filter((open) => allows('withdraw', open))) {
    await unlessEnded(order.withdraw(await User.findOrFail(order.customerId)))
  }
}

/** Cancels other people's open orders as the owner; new ones may arrive until the shop is closed. */
async function closeForGood(shop: Shop): Promise<'closed' | 'deleted'> {
  for (const order of await Order.openAt(shop.id, AT_A_TIME)) {
    await unlessEnded(
      order.move(allows('decline', order) ? 'decline' : 'cancel', shop.owner, REASON)
    )
  }
  try {
    return await shop.close()
  } catch (error) {
    if (!(error instanceof ClosingRefused)) throw error
    return closeForGood(shop)
  }
}

async function unlessEnded(move: Promise<void>) {
  await move.catch((error) => {
    if (!(error instanceof TransitionRefused)) throw error
  })
}

async function run(statements: string[], client: TransactionClientContract, values = {}) {
  for (const sql of statements) await client.rawQuery(sql, values)
}
