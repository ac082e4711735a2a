import db from '@adonisjs/lucid/services/db'
import { keepForm } from '#forms/kept_forms'
import Address from '#models/address'
import CounterSale from '#models/counter_sale'
import KhataInvitation from '#models/khata_invitation'
import KhataRequest from '#models/khata_request'
import KhataTransaction from '#models/khata_transaction'
import ShopSettings from '#models/shop_settings'
import {
  closeShop,
  createOwner,
  createProduct,
  createShop,
  createUser,
} from '#tests/helpers/factories'
import { createImportDraft } from '#tests/helpers/import_drafts'
import { openKhata } from '#tests/helpers/khatas'
import { openByName } from '#tests/helpers/named_khatas'
import { createOrder, moveTo } from '#tests/helpers/orders'

/** Has no place to break, and begins from right to left. */
export const LONG = 'שלוםVenkatanarasimharajuvaripeta'.repeat(10)

const upTo = (most: number) => LONG.slice(0, most)

export type Market = Awaited<ReturnType<typeof crowdedMarket>>

/** Everything that people type is as long as it can be. @returns where each page shows it, by the route's pattern */
export async function crowdedMarket() {
  const person = { fullName: upTo(100), address: upTo(300) }
  const owner = await createOwner(person)
  const customer = await createUser(person)
  const named = { name: upTo(120), city: upTo(80), ownerId: owner.id }
  const shop = await createShop(named)
  await ShopSettings.create({
    shopId: shop.id,
    upiId: 'gupta@okaxis',
    legalName: upTo(120),
    legalAddress: upTo(300),
    phone: '9876543210',
    address: upTo(300),
    minimumOrderPaise: 199_00,
    freeDeliveryFromPaise: 999_999_00,
    deliveryArea: 'pins',
    deliveryPins: Array.from({ length: 200 }, (_, index) => String(452_001 + index)),
    fssaiNumber: '10012022000234',
    gstin: '27AAPFU0939F1ZV',
    taxScheme: 'regular',
  })
  await closeShop(await createShop({ ...named, name: upTo(119) }))
  const product = await createProduct({
    shopId: shop.id,
    name: upTo(120),
    nameHi: upTo(120),
    brand: LONG.slice(4, 64),
    unit: upTo(40),
    pricePaise: 1_000_000_00,
    stock: 500,
    mrpPaise: 1_000_000_00,
    country: 'IN',
    maker: upTo(120),
    makerAddress: upTo(300),
    bestBefore: '2027-03-31',
    diet: 'veg',
    hsnCode: '11061000',
    gstBasisPoints: 500,
  })
  await createProduct({ shopId: shop.id, name: upTo(119), nameHi: null, stock: 2 })

  const place = { label: upTo(40), line: upTo(150), landmark: upTo(80), city: upTo(50) }
  const reached = { pinCode: '452001', mobile: '9876543210' }
  const address = await Address.add(customer, { ...place, ...reached })
  await Address.add(customer, { line: 'MG Road', ...reached })
  const khata = await openKhata(shop.id, customer, 1_000_000_00)
  const invitation = await KhataInvitation.send(shop, (await createUser(person)).username, 100)
  const byName = await openByName(shop.id, { name: upTo(100), limitPaise: 1_000_000_00 })
  await product.merge({ pricePaise: product.pricePaise - 1 }).save()
  const priceChange = await db.from('price_changes').where('product_id', product.id).firstOrFail()
  await product.merge({ pricePaise: product.pricePaise + 1 }).save()
  const sold = {
    otherPaise: 0,
    items: [{ productId: product.id, typed: '1' }],
    payment: 'khata' as const,
    khataId: byName.id,
  }
  const sale = await db.transaction((client) => CounterSale.sell(shop, sold, owner, client))
  const request = await KhataRequest.ask(shop, customer)
  const bought = { customer, product, note: upTo(300), address: `${upTo(293)} 452001` }
  const placed = await createOrder({ ...bought, paymentMethod: 'khata' })
  const paid = await createOrder({ ...bought, paymentMethod: 'upi' })
  await paid.claimPayment(customer, upTo(40))
  const declined = await moveTo(await createOrder(bought), 'declined', owner)
  const delivered = await moveTo(await createOrder(bought), 'delivered', owner)
  await khata.settle(100, 'cash', owner, upTo(200))
  const { id: entry } = await KhataTransaction.findByOrFail('kind', 'settlement')

  const kept = await keepForm(customer.id, {
    target: `/shops/${shop.id}/checkout`,
    action: 'checkouts.store',
    fields: [{ name: 'address', value: upTo(300) }],
  })
  const { id: draft } = await createImportDraft(
    shop.id,
    ['name,unit,price,stock', `${upTo(118)},1 kg,52,5`, `${upTo(117)},${upTo(40)},free,x`].join(
      '\n'
    )
  )

  /** For a parameter of a route. */
  function idOf(pattern: string, param: string) {
    if (param === 'role') return 'customer'
    if (param === 'order_id') return /cancellation|change$/.test(pattern) ? placed.id : paid.id
    if (param === 'product_id') return product.id
    if (param === 'transaction_id') return entry
    if (param === 'khata_id') return khata.id
    if (/product-imports\/:(id|import_id)/.test(pattern) && param !== 'shop_id') return draft
    if (param === 'id' && pattern.startsWith('/kept-forms')) return kept!
    if (param === 'id' && pattern.includes('/addresses')) return address.id
    if (param === 'id' && /(products|items)\/:id/.test(pattern)) return product.id
    if (param === 'id' && pattern.endsWith('khatas/:id')) return khata.id
    if (param === 'id' && pattern.includes('invitations/:id')) return invitation.id
    if (param === 'id' && pattern.endsWith('counter/:id')) return sale.id
    if (param === 'id' && pattern.includes('price-changes/:id')) return priceChange.id
    if (param === 'id' && pattern.includes('requests/:id')) return request.id
    return shop.id
  }

  const ofShop = `/owner/shops/${shop.id}`
  const ofKhata = `${ofShop}/khatas/${khata.id}`
  const guest = {
    '/': '/',
    '/shops': '/shops',
    '/shops?city': `/shops?city=${upTo(80)}`,
    '/shops/:id': `/shops/${shop.id}`,
    '/shops/:shop_id/products/:id': `/shops/${shop.id}/products/${product.id}`,
    '/search': `/search?q=${upTo(100)}`,
    '/search?nothing': `/search?q=${'q'.repeat(100)}`,
    '/search/suggestions': `/search/suggestions?q=${upTo(8)}`,
    '/cart': '/cart',
    '/offline': '/offline',
    '/place': '/place',
    '/login': '/login',
    '/register/:role': '/register/customer',
    '/register/:role?owner': '/register/shopowner',
  }
  return {
    owner,
    customer,
    shop,
    product,
    idOf,
    paths: {
      guest,
      customer: {
        '/': '/',
        '/shops/:id': `/shops/${shop.id}`,
        '/shops/:shop_id/products/:id': `/shops/${shop.id}/products/${product.id}`,
        '/cart': '/cart',
        '/shops/:shop_id/checkout': `/shops/${shop.id}/checkout`,
        '/products/:product_id/checkout': `/products/${product.id}/checkout?quantity=1`,
        '/orders': '/orders',
        '/orders/:id': `/orders/${placed.id}`,
        '/orders/:id?paid': `/orders/${paid.id}`,
        '/orders/:id?declined': `/orders/${declined.id}`,
        '/orders/:id?delivered': `/orders/${delivered.id}`,
        '/orders/:order_id/change': `/orders/${placed.id}/change`,
        '/orders/:order_id/bill': `/orders/${delivered.id}/bill`,
        '/khatas': '/khatas',
        '/khatas/:id': `/khatas/${khata.id}`,
        '/account': '/account',
        '/account/password': '/account/password',
        '/account/addresses': '/account/addresses',
        '/account/addresses/create': '/account/addresses/create',
        '/account/addresses/:id/edit': `/account/addresses/${address.id}/edit`,
        '/kept-forms/:id': `/kept-forms/${kept}`,
      },
      owner: {
        '/': '/',
        '/owner/orders': '/owner/orders',
        '/owner/past-orders': '/owner/past-orders',
        '/owner/orders/:id': `/owner/orders/${placed.id}`,
        '/owner/orders/:id?paid': `/owner/orders/${paid.id}`,
        '/owner/orders/:id?declined': `/owner/orders/${declined.id}`,
        '/owner/orders/:id?delivered': `/owner/orders/${delivered.id}`,
        '/owner/orders/:order_id/bill': `/owner/orders/${delivered.id}/bill`,
        '/owner/orders/:order_id/packing-slip': `/owner/orders/${placed.id}/packing-slip`,
        '/owner/shops': '/owner/shops',
        '/owner/shops?closed': '/owner/shops?closed=1',
        '/owner/shops/create': '/owner/shops/create',
        '/owner/shops/:id': ofShop,
        '/owner/shops/:id/edit': `${ofShop}/edit`,
        '/owner/shops/:shop_id/settings': `${ofShop}/settings`,
        '/owner/shops/:shop_id/hours': `${ofShop}/hours`,
        '/owner/shops/:shop_id/to-do': `${ofShop}/to-do`,
        '/owner/shops/:shop_id/products/create': `${ofShop}/products/create`,
        '/owner/shops/:shop_id/products/:id': `${ofShop}/products/${product.id}`,
        '/owner/shops/:shop_id/products/:id/edit': `${ofShop}/products/${product.id}/edit`,
        '/owner/shops/:shop_id/product-imports/create': `${ofShop}/product-imports/create`,
        '/owner/shops/:shop_id/product-imports/:id': `${ofShop}/product-imports/${draft}`,
        '/owner/shops/:shop_id/product-imports/:import_id/columns': `${ofShop}/product-imports/${draft}/columns`,
        '/owner/shops/:shop_id/sales': `${ofShop}/sales`,
        '/owner/shops/:shop_id/prices': `${ofShop}/prices`,
        '/owner/shops/:shop_id/price-changes/create': `${ofShop}/price-changes/create`,
        '/owner/shops/:shop_id/price-message': `${ofShop}/price-message`,
        '/owner/shops/:shop_id/gst-returns': `${ofShop}/gst-returns`,
        '/owner/shops/:shop_id/counter': `${ofShop}/counter`,
        '/owner/shops/:shop_id/dues': `${ofShop}/dues`,
        '/owner/shops/:shop_id/khatas': `${ofShop}/khatas`,
        '/owner/shops/:shop_id/khatas/:id': ofKhata,
        '/owner/shops/:shop_id/khatas/:khata_id/transactions/:transaction_id/reversal': `${ofKhata}/transactions/${entry}/reversal`,
      },
    },
  }
}
