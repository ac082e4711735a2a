import { load, type CheerioAPI } from 'cheerio'

export interface Visit {
  status: number
  headers: Headers
  /** Path and query of the final page after redirects. */
  path: string
  html: string
  $: CheerioAPI
  text: string
}

/** Headers of current browsers for same-site requests. */
export const FROM_OUR_PAGES = { 'sec-fetch-site': 'same-origin' }

/**
 * A browser without JavaScript: keeps cookies, follows redirects, and submits the forms of the page including
 * hidden fields.
 */
export class Visitor {
  readonly cookies = new Map<string, string>()
  page: Visit | null = null

  constructor(
    private headers: Record<string, string> = { 'accept-language': 'en' },
    public origin = `http://127.0.0.1:${process.env.PORT}`
  ) {}

  async visit(path: string): Promise<Visit> {
    return (this.page = await this.request('GET', path))
  }

  /** Submits the form matching `selector` on the current page, with these values. */
  async submit(selector: string, values: Record<string, string> = {}): Promise<Visit> {
    const { action, method, fields } = this.form(selector)
    for (const [name, value] of Object.entries(values)) fields.set(name, value)
    const page =
      method === 'GET'
        ? await this.request('GET', `${action.split('?')[0]}?${fields}`)
        : await this.request('POST', action, fields, { referer: this.origin + this.page!.path })
    return (this.page = page)
  }

  /** What the form on the current page would submit. @throws when there is no such form */
  form(selector: string) {
    const { $, path } = this.page!
    const found = $(selector).first()
    const owner = found.attr('form')
    const form = found.is('form') ? found : owner ? $(`#${owner}`) : found.closest('form')
    if (form.length === 0) throw new Error(`No form ${selector} on ${path}`)
    const fields = new URLSearchParams()
    const elements = form.add(`[form="${form.attr('id')}"]`)
    for (const { name, value } of elements.serializeArray()) fields.set(name, value)
    if (found.is('button[name]')) fields.set(found.attr('name')!, found.attr('value') ?? '')
    return {
      action: form.attr('action') ?? path,
      method: (form.attr('method') ?? 'GET').toUpperCase(),
      fields,
    }
  }

  /** A request with its redirects. */
  async request(
    method: string,
    path: string,
    body?: URLSearchParams | FormData | string,
    headers: Record<string, string> = {}
  ): Promise<Visit> {
    const url = new URL(path, this.origin)
    const response = await this.send(method, path, body, headers)
    this.keepCookies(response)
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location) {
      await response.text()
      const { pathname, search } = new URL(location, url)
      return this.request('GET', pathname + search, undefined, headers)
    }
    const html = await response.text()
    const $ = load(html)
    return {
      status: response.status,
      headers: response.headers,
      path: url.pathname + url.search,
      html,
      $,
      text: $('body').text().replace(/\s+/g, ' '),
    }
  }

  /** A single request with the current cookies; the response's cookies are stored if `keepCookies` is set. */
  send(
    method: string,
    path: string,
    body?: URLSearchParams | FormData | string,
    headers: Record<string, string> = {}
  ) {
    return fetch(new URL(path, this.origin), {
      method,
      body,
      redirect: 'manual',
      headers: { ...FROM_OUR_PAGES, ...this.headers, ...headers, cookie: this.cookieHeader },
    })
  }

  /** Like htmx: requests a fragment. */
  fragment(method: string, path: string, body?: URLSearchParams) {
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial' }
    return this.request(method, path, body, headers)
  }

  get cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  keepCookies(response: Response) {
    keepCookies(this.cookies, response.headers.getSetCookie())
  }
}

/** Does with the cookies by name what lines of `Set-Cookie` say. */
export function keepCookies(cookies: Map<string, string>, lines: string[]) {
  for (const line of lines) {
    const [pair, ...attributes] = line.split(';')
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    const gone = attributes.some((text) =>
      /^\s*(max-age=0|max-age=-|expires=Thu, 01 Jan 1970)/i.test(text)
    )
    if (gone || value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
}
