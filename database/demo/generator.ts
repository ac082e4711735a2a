import type { Role } from '#models/user'
import { STANDARDS, type Goods } from '#measures/goods'
import { readUnit } from '#measures/read_unit'
import { inPackets, PACK_VARIANTS, PRODUCTS, SIZE_VARIANTS, roundPrice } from './catalogue.js'
import type { CatalogueItem } from './catalogue.js'
import { Random } from './random.js'
import cities from './cities.json' with { type: 'json' }
import people from './people.json' with { type: 'json' }

/** How much to generate. Deterministic by seed; a larger size adds rows without changing the others. */
export interface DemoSize {
  /** Shop owners, including `owner`. */
  owners: number
  /** Customers, including `customer`. */
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
  /** Username of the owner. */
  owner: string
  name: string
  city: string
  pinCode: string
  state: string
  street: string
  ownerName: string
  ownerMobile: string
  /** Number of the shop in the whole run, with gaps for more shops per owner. */
  ordinal: number
}

export interface DemoProduct extends Goods {
  id: string
  shopId: string
  item: CatalogueItem
  unit: string
  pricePaise: number
  /** Only on packs, and not on those of fruits and vegetables. */
  mrpPaise: number | null
  stock: number
}

/** Accounts created by every run, regardless of the seed. */
export const LOGINS = people.logins

/** Their cities, largest first. */
export const CITIES = cities

/** Maximum shops per owner. */
export const SHOPS_PER_OWNER_LIMIT = 1000

const STREAMS = { shopowner: 1, customer: 2, shop: 3, shelf: 4, product: 5, loose: 6 }
const EPOCH = Date.UTC(2025, 0, 1)
const EVERYDAY_SHARE = 0.6
/** Of the shops that sell loose what others sell in packs. */
const LOOSE_SHARE = 0.7
const EVERYDAY = PRODUCTS.filter((item) => item.everyday)
const OCCASIONAL = PRODUCTS.filter((item) => !item.everyday)

/** Owners first, then customers. */
export function* users(size: DemoSize): Generator<DemoUser, void> {
  for (let index = 0; index < size.owners; index++) {
    yield person(size.seed, 'shopowner', index).user
  }
  for (let index = 0; index < size.customers; index++) {
    yield person(size.seed, 'customer', index).user
  }
}

/** Owner by owner. */
export function* shops(size: DemoSize): Generator<DemoShop, void> {
  for (let index = 0; index < size.owners; index++) {
    const owner = person(size.seed, 'shopowner', index)
    for (let number = 0; number < size.shopsPerOwner; number++) {
      yield shopAt(size.seed, owner, index * SHOPS_PER_OWNER_LIMIT + number)
    }
  }
}

/** Row counts for a run of this size. */
export function countsOf({ owners, customers, shopsPerOwner, productsPerShop }: DemoSize) {
  const shopCount = owners * shopsPerOwner
  return { users: owners + customers, shops: shopCount, products: shopCount * productsPerShop }
}

/** Products of one shop, with distinct names. */
export function* productsOf(shop: DemoShop, size: DemoSize): Generator<DemoProduct, void> {
  const shelf = shelfOf(new Random(size.seed, STREAMS.shelf, shop.ordinal))
  const random = new Random(size.seed, STREAMS.product, shop.ordinal)
  const kinds = new Random(size.seed, STREAMS.loose, shop.ordinal)
  const time = EPOCH + shop.ordinal
  for (let position = 0; position < size.productsPerShop; position++) {
    const { value: item, done } = shelf.next()
    if (done) return
    const isLoose = kinds.fraction() < LOOSE_SHARE ? item.loose : item.loose === 'always'
    yield {
      id: random.uuid(time, position),
      shopId: shop.id,
      ...(isLoose ? looseOf : packsOf)(
        item,
        priceIn(item, random.fraction()),
        stockOf(random.fraction(), random.fraction())
      ),
    }
  }
}

function packsOf(item: CatalogueItem, pricePaise: number, stock: number) {
  const { measure, netQuantity } = measured(item)
  return {
    ...{ item: inPackets(item), unit: item.unit, measure, netQuantity, soldAs: 'packed' as const },
    ...{
      pricePaise,
      mrpPaise: isFresh(item) ? null : Math.max(item.pricePaise, pricePaise),
      stock,
    },
  }
}

/** As much of it, at the same price, but by weight. */
function looseOf(item: CatalogueItem, pricePaise: number, stock: number) {
  const { measure, netQuantity } = measured(item)
  const { priceUnit, priceUnitSize } = STANDARDS[measure]
  return {
    ...{ item, unit: priceUnit, measure, netQuantity: priceUnitSize, soldAs: 'loose' as const },
    pricePaise: roundPrice((pricePaise * priceUnitSize) / netQuantity),
    ...{ mrpPaise: null, stock: stock * netQuantity },
  }
}

/** Goods of no known unit are counted. */
function measured({ unit }: CatalogueItem) {
  return readUnit(unit) ?? ({ measure: 'pieces', netQuantity: 1 } as const)
}

type Person = ReturnType<typeof person>

function person(seed: number, role: Role, index: number) {
  const random = new Random(seed, STREAMS[role], index)
  const id = random.uuid(EPOCH + index)
  /** Squared, to favour the largest cities at the start of the list. */
  const city = index === 0 ? CITIES[0] : CITIES[Math.floor(random.fraction() ** 2 * CITIES.length)]
  const region =
    people.regions.find(({ states }) => states.includes(city.state)) ?? people.regions[0]
  const first = random.pick(region.firstNames)
  const family = random.pick(region.familyNames)
  const locality = random.pick(people.localities)
  const login = role === 'shopowner' ? LOGINS.owner : LOGINS.customer
  /** Odd for owners, even for customers, so that usernames are unique. */
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

/** At most 30 characters, as at registration. */
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
    state: city.state,
    street: user.address,
    ownerName: user.fullName,
    ownerMobile: user.mobile,
    ordinal,
  }
}

/** Products in the order a shop would add them, everyday products first. */
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

/** Packaged goods sell at the printed price or slightly below; market goods vary both ways. */
function priceIn(item: CatalogueItem, chance: number) {
  if (item.pricePaise <= 1000) return item.pricePaise
  return roundPrice(item.pricePaise * (isFresh(item) ? 0.85 + chance * 0.3 : 0.92 + chance * 0.08))
}

function isFresh({ category }: CatalogueItem) {
  return category === 'vegetables' || category === 'fruits'
}

/** 6 % are sold out, another 6 % nearly. */
function stockOf(kind: number, chance: number) {
  if (kind < 0.06) return 0
  if (kind < 0.14) return 1 + Math.floor(chance * 5)
  return 6 + Math.floor(chance * 140)
}
