import { Visitor } from '#tests/helpers/visitor'
import { customerWithCart, firstShop, logIn, tokenOf } from './people.js'

export interface Row {
  what: string
  path: string
  headers: Record<string, string>
  /** Part of every body. */
  contains: string
  /** Requests per second, or a share of the bare API. */
  aim: number | null
  /** Requests per second before pages were kept, with the same data, on a fresh start of one process. */
  before: number | null
  isApi: boolean
}

const GUEST = { 'accept-encoding': 'gzip', 'accept-language': 'en' }

/** Aims in requests per second; the API's as a share of the bare API. */
const AIMS = { guest: 4_000, person: 2_000, own: 1_000, api: 0.8 }

/** What is measured, on a running server. */
export async function rowsOf(url: URL): Promise<Row[]> {
  const shop = await firstShop(new Visitor(undefined, url.origin), '/shops')
  const customer = await customerWithCart(url, shop)
  const owner = await logIn(url, 'owner')
  const ownShop = await firstShop(owner, '/owner/shops')
  const token = await tokenOf(url, 'customer')

  const page = (
    what: string,
    path: string,
    headers: object,
    aim: number | null,
    before?: number
  ) => {
    const all = { ...GUEST, ...headers }
    return {
      what,
      path,
      headers: all,
      contains: '</html>',
      aim,
      before: before ?? null,
      isApi: false,
    }
  }
  const as = ({ cookieHeader }: Visitor) => ({ cookie: cookieHeader })
  const api = (path: string, contains: string, before: number) => {
    const headers = { 'accept-encoding': 'gzip', 'authorization': `Bearer ${token}` }
    return { what: 'API', path, headers, contains, aim: AIMS.api, before, isApi: true }
  }
  return [
    page('guest', '/', {}, AIMS.guest, 374),
    page('guest', '/shops', {}, AIMS.guest, 221),
    page('guest', `/shops/${shop}`, {}, AIMS.guest, 178),
    page('guest', '/search?q=besan', {}, AIMS.guest, 110),
    page('logged in', '/', as(customer), AIMS.person, 311),
    page('logged in', '/shops', as(customer), AIMS.person, 253),
    page('logged in', `/shops/${shop}`, as(customer), AIMS.person, 188),
    page('logged in', '/search?q=besan&pin=452001', as(customer), AIMS.person, 129),
    page('logged in', '/cart', as(customer), AIMS.own, 242),
    page('logged in', '/orders', as(customer), AIMS.own),
    page('owner', `/owner/shops/${ownShop}`, as(owner), AIMS.own),
    page('guest', '/login', {}, null, 351),
    api('/api/me', '"username"', 4_345),
    api('/api/shops/?limit=10', '"city"', 4_097),
    api(`/api/shops/${shop}/products/`, '"price"', 4_330),
    api('/api/search?q=besan', '"name"', 3_814),
  ]
}

/** Without ids, to name it. */
export const nameOf = ({ what, path }: Pick<Row, 'what' | 'path'>) => {
  return `${what} ${path.replace(/[\da-f-]{36}/, '{id}')}`
}
