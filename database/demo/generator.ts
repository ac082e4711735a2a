import type { Role } from '#models/user'
import { PACK_VARIANTS, PRODUCTS, SIZE_VARIANTS, roundPrice } from './catalogue.js'
import type { CatalogueItem } from './catalogue.js'
import { Random } from './random.js'
import cities from './cities.json' with { type: 'json' }
import people from './people.json' with { type: 'json' }

/** How much to make. The same seed gives the same rows, and a larger number more of the same. */
export interface DemoSize {
  /** Shopowners, the one who is named `owner` among them. */
  owners: number
  /** Customers, the one who is named `customer` among them. */
  customers: number
  shopsPerOwner: number
  /** At most `CATALOGUE_SIZE`. */
  productsPerShop: number
  seed: number
}

export interface DemoUser {
  id: string
  username: string
  role: Role
  fullName: string
  address: string
  mobile: string
}

export interface DemoShop {
  id: string
  /** The username of its owner. */
  owner: string
  name: string
  city: string
  pinCode: string
  /** Which shop of the whole run this is, in steps that leave room for more shops of one owner. */
  ordinal: number
}

export interface DemoProduct {
  id: string
  shopId: string
  item: CatalogueItem
  pricePaise: number
  stock: number
}

/** The accounts that every run makes, whatever its seed. */
export const LOGINS = people.logins

/** Where they live, the largest city first. */
export const CITIES = cities

/** The most shops that one owner can have. */
export const SHOPS_PER_OWNER_LIMIT = 1000

const STREAMS = { shopowner: 1, customer: 2, shop: 3, shelf: 4, product: 5 }
const EPOCH = Date.UTC(2025, 0, 1)
const EVERYDAY_SHARE = 0.6
const EVERYDAY = PRODUCTS.filter((item) => item.everyday)
const OCCASIONAL = PRODUCTS.filter((item) => !item.everyday)

/** The owners, then the customers. */
export function* users(size: DemoSize): Generator<DemoUser, void> {
  for (let index = 0; index < size.owners; index++) {
    yield person(size.seed, 'shopowner', index).user
  }
  for (let index = 0; index < size.customers; index++) {
    yield person(size.seed, 'customer', index).user
  }
}

/** The shops, owner by owner. */
export function* shops(size: DemoSize): Generator<DemoShop, void> {
  for (let index = 0; index < size.owners; index++) {
    const owner = person(size.seed, 'shopowner', index)
    for (let number = 0; number < size.shopsPerOwner; number++) {
      yield shopAt(size.seed, owner, index * SHOPS_PER_OWNER_LIMIT + number)
    }
  }
}

/** How many rows of each kind a run of this size is about. */
export function countsOf({ owners, customers, shopsPerOwner, productsPerShop }: DemoSize) {
  const shopCount = owners * shopsPerOwner
  return { users: owners + customers, shops: shopCount, products: shopCount * productsPerShop }
}

/** What one shop stocks; no two of its products share a name. */
export function* productsOf(shop: DemoShop, size: DemoSize): Generator<DemoProduct, void> {
  const shelf = shelfOf(new Random(size.seed, STREAMS.shelf, shop.ordinal))
  const random = new Random(size.seed, STREAMS.product, shop.ordinal)
  const time = EPOCH + shop.ordinal
  for (let position = 0; position < size.productsPerShop; position++) {
    const { value: item, done } = shelf.next()
    if (done) return
    yield {
      id: random.uuid(time, position),
      shopId: shop.id,
      item,
      pricePaise: priceIn(item, random.fraction()),
      stock: stockOf(random.fraction(), random.fraction()),
    }
  }
}

type Person = ReturnType<typeof person>

function person(seed: number, role: Role, index: number) {
  const random = new Random(seed, STREAMS[role], index)
  const id = random.uuid(EPOCH + index)
  /** Squared, because the list begins with the largest cities and they have the most shops. */
  const city = index === 0 ? CITIES[0] : CITIES[Math.floor(random.fraction() ** 2 * CITIES.length)]
  const region =
    people.regions.find(({ states }) => states.includes(city.state)) ?? people.regions[0]
  const first = random.pick(region.firstNames)
  const family = random.pick(region.familyNames)
  const locality = random.pick(people.localities)
  const login = role === 'shopowner' ? LOGINS.owner : LOGINS.customer
  /** Odd for owners and even for customers, so that no two people share a username. */
  const number = index * 2 + (role === 'shopowner' ? 1 : 2)
  const user: DemoUser = {
    id,
    role,
    username: index === 0 ? login.username : usernameOf(first, family, number),
    fullName: index === 0 ? login.fullName : `${first} ${family}`,
    address: `${1 + random.below(240)}, ${random.pick(people.streets)}, ${locality}, ${city.name} ${random.pick(city.pinCodes)}`,
    mobile: `${6 + random.below(4)}${String(random.below(1e9)).padStart(9, '0')}`,
  }
  return { user, city }
}

/** At most 30 characters, like the username of anybody who registers. */
function usernameOf(first: string, family: string, number: number) {
  return `${first}.${family}`.toLowerCase().slice(0, 22) + number
}

function shopAt(seed: number, { user, city }: Person, ordinal: number): DemoShop {
  const random = new Random(seed, STREAMS.shop, ordinal)
  const [first, family] = user.fullName.split(' ')
  const words: Record<string, string> = {
    first,
    family,
    city: city.name,
    deity: random.pick(people.deities),
    locality: random.pick(people.localities),
  }
  return {
    id: random.uuid(EPOCH + ordinal),
    owner: user.username,
    name: random.pick(people.shopNames).replace(/\{(\w+)\}/g, (_, word) => words[word]),
    city: city.name,
    pinCode: random.pick(city.pinCodes),
    ordinal,
  }
}

/** A shop's products in the order in which it would take them up: what sells every day comes early. */
function* shelfOf(random: Random): Generator<CatalogueItem, void> {
  const everyday = random.shuffled(EVERYDAY)
  const occasional = random.shuffled(OCCASIONAL)
  for (let taken = 0; taken < PRODUCTS.length; taken++) {
    const [wanted, other] =
      random.fraction() < EVERYDAY_SHARE ? [everyday, occasional] : [occasional, everyday]
    const next = wanted.next()
    yield (next.done ? other.next().value : next.value) as CatalogueItem
  }
  yield* random.shuffled(SIZE_VARIANTS)
  yield* random.shuffled(PACK_VARIANTS)
}

/** Packets of a printed price are sold at it or a little below; what comes from the mandi goes both ways. */
function priceIn(item: CatalogueItem, chance: number) {
  if (item.pricePaise <= 1000) return item.pricePaise
  const fresh = item.category === 'vegetables' || item.category === 'fruits'
  return roundPrice(item.pricePaise * (fresh ? 0.85 + chance * 0.3 : 0.92 + chance * 0.08))
}

/** Six in a hundred are sold out, as many more nearly so. */
function stockOf(kind: number, chance: number) {
  if (kind < 0.06) return 0
  if (kind < 0.14) return 1 + Math.floor(chance * 5)
  return 6 + Math.floor(chance * 140)
}
