/* Pages as they were seen last, of one person. */
const snapshots = (() => {
  const CACHE = 'pages'
  const MOST = 40
  const KEPT_FOR = 7 * 24 * 60 * 60 * 1000
  const OFFLINE = '/offline'
  const ID = '[0-9a-f-]{36}'
  const SHOWN = new RegExp(`^/(|shops|shops/${ID}(/products/${ID})?|cart|orders|orders/${ID})$`)

  /* '' is a guest; undefined a page that knows no person, such as an error. */
  const personOf = (html) => {
    const found = /<[^>]*\sdata-person(?:="([^"]*)")?[\s>]/.exec(html)
    return found ? (found[1] ?? '') : undefined
  }
  const languageOf = (html) => /<html[^>]*\slang="(\w+)"/.exec(html)?.[1]
  const isPage = ({ ok, redirected, headers }) =>
    ok && !redirected && headers.get('Content-Type')?.startsWith('text/html')

  async function forget() {
    await caches.delete(CACHE)
    await store.clear()
    await outbox.clear()
  }

  async function belongTo(person) {
    const before = await store.read('person')
    if (before === person) return
    if (before !== undefined) await forget()
    await store.write('person', person)
  }

  /* The browser keeps them, as it may not yet: the page that it has seen can have had them inside. */
  async function fetchStyles(html) {
    const links = html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)
    await Promise.all([...links].map(([, address]) => fetch(address)))
  }

  /* Of nobody, so that it may stay when a person goes. */
  async function keepOfflinePage(language) {
    const headers = language ? { 'Accept-Language': language } : {}
    const response = await fetch(OFFLINE, { credentials: 'omit', headers })
    if (!isPage(response)) return
    const html = (await response.text()).replace(/\sdata-person(="[^"]*")?/, '')
    await fetchStyles(html)
    const cache = await caches.open('offline')
    await cache.put(OFFLINE, pageOf(html))
  }

  async function isIn(language) {
    const kept = await caches.match(OFFLINE)
    return kept && languageOf(await kept.text()) === language
  }

  const pageOf = (html) =>
    new Response(html, {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Seen-At': String(Date.now()) },
    })

  async function put(url, html) {
    const cache = await caches.open(CACHE)
    await cache.put(url, pageOf(html))
    const keys = await cache.keys()
    await Promise.all(keys.slice(0, -MOST).map((request) => cache.delete(request)))
  }

  async function keep(url, response) {
    if (!isPage(response)) return
    const html = await response.text()
    const person = personOf(html)
    if (person === undefined) return
    await belongTo(person)
    if (SHOWN.test(new URL(url).pathname)) await put(url, html)
    const language = languageOf(html)
    if (!(await isIn(language))) await keepOfflinePage(language)
  }

  /* A page says when it was seen in its <html> element; `offline.js` reads it. */
  async function seen(url) {
    const cache = await caches.open(CACHE)
    const kept = await cache.match(url)
    if (!kept) return null
    const at = Number(kept.headers.get('Seen-At'))
    if (Date.now() - at > KEPT_FOR) {
      await cache.delete(url)
      return null
    }
    return marked(kept, at)
  }

  async function marked(kept, at) {
    const html = await kept.text()
    return pageOf(html.replace('<html', `<html data-seen-at="${at}"`))
  }

  async function offlinePage(request) {
    const kept = await caches.match(OFFLINE)
    return kept ?? fetch(request)
  }

  async function visit(event, request) {
    try {
      const response = (await event.preloadResponse) ?? (await fetch(request))
      const copy = response.clone()
      event.waitUntil(keep(request.url, copy).catch(() => {}))
      return response
    } catch {
      return (await seen(request.url)) ?? offlinePage(request)
    }
  }

  /* What is on this device goes also when the server can't be told. */
  async function logOut(event, request) {
    await forget()
    try {
      return await fetch(request)
    } catch {
      return offlinePage(request)
    }
  }

  return { visit, offlinePage, keepOfflinePage, logOut, forget }
})()
