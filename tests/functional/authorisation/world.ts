import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { keepForm } from '#forms/kept_forms'
import Address from '#models/address'
import CounterSale from '#models/counter_sale'
import KhataInvitation from '#models/khata_invitation'
import KhataRequest from '#models/khata_request'
import { editProducts } from '#models/product_edit'
import ShopSettings from '#models/shop_settings'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createImportDraft } from '#tests/helpers/import_drafts'
import { openKhata } from '#tests/helpers/khatas'
import { openByName } from '#tests/helpers/named_khatas'
import { createOrder, moveTo } from '#tests/helpers/orders'

export type People = Awaited<ReturnType<typeof createPeople>>
export type World = Awaited<ReturnType<typeof createThings>>

const ADDRESS = { line: '12 MG Road', pinCode: '452001', mobile: '9876543210' }

export async function createPeople() {
  const [customer, otherCustomer, owner, otherOwner, admin] = await Promise.all([
    createUser(),
    createUser(),
    createOwner(),
    createOwner(),
    createUser(),
  ])
  return { customer, otherCustomer, owner, otherOwner, admin }
}

/** Shops of the owner, what the customer has to do with them, and something of the others. */
export async function createThings({ customer, otherCustomer, owner, otherOwner }: People) {
  const [shop, inviting, otherShop] = await Promise.all([
    createShop({ ownerId: owner.id }),
    createShop({ ownerId: owner.id }),
    createShop({ ownerId: otherOwner.id }),
  ])
  await createOrder({ customer: otherCustomer })
  await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
  const product = await createProduct({ shopId: shop.id, pricePaise: 5_300 })
  await product.merge({ pricePaise: 5_200 }).save()
  const priceChange = await db.from('price_changes').where('product_id', product.id).firstOrFail()
  const khata = await openKhata(shop.id, customer, 100_000)
  await createOrder({ customer, product, paymentMethod: 'khata' })
  await khata.settle(1_000, 'cash', owner, null)
  const transaction = await khata
    .related('transactions')
    .query()
    .where('kind', 'settlement')
    .firstOrFail()
  const order = await createOrder({ customer, product, paymentMethod: 'upi' })
  const [item] = await order.related('items').query()
  const delivered = await moveTo(await createOrder({ customer, product }), 'delivered', owner)
  const invitation = await KhataInvitation.send(inviting, customer.username, 50_000)
  const request = await KhataRequest.ask(inviting, customer)
  const named = await openByName(inviting.id)
  const sale = await db.transaction((client) => {
    const cash = { otherPaise: 5_000, items: [], payment: 'cash' as const, khataId: null }
    return CounterSale.sell(shop, cash, owner, client)
  })
  const productEdit = await db.transaction(async (client) => {
    const { id } = await editProducts(shop.id, [product.id], 'category', () => 'sweets', client)
    return id!
  })
  const codes: string[] = []
  for (let n = 0; n < 5; n++) codes.push(await KhataInvitation.makeCode(inviting, 50_000))
  const address = await Address.add(customer, ADDRESS)
  const importDraft = await createImportDraft(shop.id)
  const keptForm = await keepForm(customer.id, {
    target: '/account',
    action: 'account.update',
    fields: [{ name: 'full_name', value: 'Asha' }],
  })
  const newUsername = () => `new-${randomUUID().slice(0, 8)}`
  const things = { shop, inviting, otherShop, product, order, item, delivered, address }
  const lists = { codes, importDraft, keptForm: keptForm! }
  return {
    ...things,
    ...lists,
    khata,
    named,
    sale,
    productEdit: productEdit!,
    priceChange,
    request,
    transaction,
    invitation,
    newUsername,
    customer,
  }
}

/** The path with the things of the world in it. */
export function pathOf(pattern: string, world: World, ids: Record<string, string> = {}) {
  const things: Record<string, string> = {
    shop: world.shop.id,
    product: world.product.id,
    item: world.product.id,
    order: world.order.id,
    khata: world.khata.id,
    transaction: world.transaction.id,
    invitation: world.invitation.id,
    request: world.request.id,
    addresse: world.address.id,
    import: world.importDraft.id,
    form: world.keptForm,
  }
  const named: Record<string, string> = { role: 'customer', ...ids }
  return pattern.replace(/(?:([a-z]+)s\/)?:(\w+)/g, (found, thing, name) => {
    const id = named[name] ?? things[name === 'id' ? thing : name.replace('_id', '')]
    if (!id) throw new Error(`Nothing to fill in at ${found} of ${pattern}`)
    return found.replace(`:${name}`, id)
  })
}

const KEPT = [
  ...['users', 'shops', 'shop_settings', 'products', 'orders', 'order_items', 'order_events'],
  ...['bills', 'bill_lines'],
  ...[
    'khatas',
    'khata_invitations',
    'khata_requests',
    'counter_sales',
    'counter_sale_lines',
    'khata_transactions',
    'khata_entries',
    'import_drafts',
  ],
  'addresses',
  'push_subscriptions',
]

/** Everything that a request could have changed. */
export async function rows() {
  const tables = await Promise.all(
    KEPT.map((table) => db.rawQuery(`SELECT to_jsonb(t) AS row FROM ${table} AS t ORDER BY 1`))
  )
  return tables.map((table) => table.rows)
}
