import { Random } from '#database/demo/random'
import { everydayQueries } from '#bench/everyday'
import { requestOf } from '#bench/load/connection'
import { logIn, tokenOf } from '#bench/pages/people'

const MOST_SHOPS = 5_000
const QUERIES = 5_000
const ENCODINGS = ['gzip', 'br', 'gzip, deflate, br', 'identity']

/** A function that returns the next request of a mix, the same mix each time. */
export async function requestsOf(url: URL) {
  const random = new Random(1, 1, 1)
  const visitor = await logIn(url, 'customer')
  const token = { authorization: `Bearer ${await tokenOf(url, 'customer')}` }
  const cookie = { cookie: visitor.cookieHeader }
  const shops = await shopsOf(url, token)
  const queries = everydayQueries(QUERIES).map(({ q, city }) => {
    return new URLSearchParams(city ? { q, city } : { q })
  })
  const kinds = [
    () => [['/', '/shops']],
    () => [[`/shops/${random.pick(shops)}`]],
    () => [[`/shops/${random.pick(shops)}`]],
    () => [[`/search?${random.pick(queries)}`]],
    () => [['/cart', `/shops/${random.pick(shops)}`, '/orders'], cookie],
    () => [['/app.css', '/app.js', `/search/suggestions?q=${random.pick(queries).get('q')}`]],
    () => [[`/api/shops/${random.pick(shops)}/products/`, '/api/shops/?limit=24'], token],
    () => [[`/api/search?${random.pick(queries)}`], token],
  ] as (() => [paths: string[], headers?: Record<string, string>])[]
  return () => {
    const [paths, headers] = random.pick(kinds)()
    const encoding = { 'accept-encoding': random.pick(ENCODINGS) }
    return requestOf(new URL(random.pick(paths), url), { ...headers, ...encoding })
  }
}

async function shopsOf(url: URL, headers: Record<string, string>) {
  const ids: string[] = []
  let page: string | undefined = '/api/shops/?limit=100'
  while (page && ids.length < MOST_SHOPS) {
    const response: Response = await fetch(new URL(page, url), { headers })
    const shops = (await response.json()) as { id: string }[]
    ids.push(...shops.map(({ id }) => id))
    page = response.headers.get('link')?.match(/<([^>]+)>; rel="next"/)?.[1]
  }
  return ids
}
