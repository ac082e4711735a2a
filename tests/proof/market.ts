import type User from '#models/user'

/** A person who uses the API. */
export interface Client {
  user: User
  /** Value of `Authorization`. */
  token: string
}

export interface Keeper extends Client {
  username: string
  password: string
}

/** A shop whose prices its owner raises, and whose products are bought one by one. */
export interface PublicShop {
  id: string
  products: string[]
  owner: Keeper
}

/** A shop whose stocks and khata are changed by several people at once. */
export interface CountedShop {
  id: string
  owner: Keeper
  products: string[]
  customers: Client[]
  /** Of each customer. */
  khatas: string[]
}

export interface Market {
  shops: PublicShop[]
  counted: CountedShop
  customers: Client[]
}

export const PRODUCTS_PER_SHOP = 6
/** In paise; a price is this plus its version. */
export const FIRST_PRICE = 1_000
/** A stock is this minus how many were bought. */
export const FIRST_STOCK = 500_000
/** Of the counted shop: low enough to be sold out now and then. */
export const COUNTED_STOCK = 20
export const COUNTED_PRICE = 1_000
export const KHATA_LIMIT = 12_000

const COUNTED_PRODUCTS = 3
const COUNTED_CUSTOMERS = 3

/** Opens the shops of a run. */
export async function openMarket({ shops, customers }: { shops: number; customers: number }) {
  return {
    shops: await Promise.all(Array.from({ length: shops }, publicShop)),
    counted: await countedShop(),
    customers: await Promise.all(Array.from({ length: customers }, client)),
  } satisfies Market
}

async function publicShop(): Promise<PublicShop> {
  const { createProduct, createShop } = await import('#tests/helpers/factories')
  const owner = await keeper()
  const { id } = await createShop({ ownerId: owner.user.id })
  const products = []
  for (let index = 0; index < PRODUCTS_PER_SHOP; index++) {
    const goods = { pricePaise: FIRST_PRICE, stock: FIRST_STOCK }
    products.push((await createProduct({ shopId: id, ...goods })).id)
  }
  return { id, products, owner }
}

async function countedShop(): Promise<CountedShop> {
  const { createProduct, createShop } = await import('#tests/helpers/factories')
  const { openKhata } = await import('#tests/helpers/khatas')
  const owner = await keeper()
  const { id } = await createShop({ ownerId: owner.user.id })
  const products = []
  for (let index = 0; index < COUNTED_PRODUCTS; index++) {
    const goods = { pricePaise: COUNTED_PRICE, stock: COUNTED_STOCK }
    products.push((await createProduct({ shopId: id, ...goods })).id)
  }
  const customers = await Promise.all(Array.from({ length: COUNTED_CUSTOMERS }, client))
  const khatas = []
  for (const { user } of customers) khatas.push((await openKhata(id, user, KHATA_LIMIT)).id)
  return { id, owner, products, customers, khatas }
}

async function client(): Promise<Client> {
  const { createUser } = await import('#tests/helpers/factories')
  return clientOf(await createUser())
}

async function keeper(): Promise<Keeper> {
  const { createOwner, PASSWORD } = await import('#tests/helpers/factories')
  const owner = await clientOf(await createOwner())
  return { ...owner, username: owner.user.username, password: PASSWORD }
}

async function clientOf(user: User): Promise<Client> {
  const { issueToken } = await import('#tokens/token_users')
  const { value } = await issueToken(user)
  return { user, token: `Bearer ${value!.release()}` }
}
