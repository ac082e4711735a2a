/*
 * Registers the service worker, and says what it keeps: when this page was seen, what waits to be sent, what became
 * of it. The texts are templates of the page /offline, which the worker keeps in the language of this page.
 */
'use strict'
{
  const { worker } = document.currentScript.dataset
  const { serviceWorker } = navigator
  const { seenAt } = document.documentElement.dataset

  const clock = new Intl.DateTimeFormat(`${document.documentElement.lang}-IN`, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'Asia/Kolkata',
    numberingSystem: 'latn',
  })
  let texts
  const templates = () => {
    texts ??= fetch('/offline')
      .then((answer) => answer.text())
      .then((html) => new DOMParser().parseFromString(html, 'text/html'))
    return texts
  }

  const send = async (message) => (await serviceWorker.ready).active.postMessage(message)

  const hello = () => send({ type: 'hello' })
  const RETRY_AFTER = 5_000
  let again

  async function said(name, { at, url, said: reason, id, n }) {
    const message = (await templates()).getElementById(`said-${name}`).content.cloneNode(true)
    const fill = { time: clock.format(at), reason, n }
    for (const place of message.querySelectorAll('[data-fill]')) {
      place.textContent = fill[place.dataset.fill] ?? ''
    }
    for (const link of message.querySelectorAll('a:not([href])')) link.href = url
    for (const button of message.querySelectorAll('button')) {
      button.addEventListener('click', () => send({ type: button.value, id }))
    }
    return message
  }

  /* The worker forgets what this page has said. */
  const told = new Map()
  let turn = 0
  async function show({ waiting, old, results }) {
    const mine = ++turn
    for (const result of results) told.set(result.id, result)
    const adds = waiting.filter(({ kind }) => kind === 'add')
    const orders = waiting.filter(({ kind }) => kind === 'order')
    const messages = await Promise.all([
      ...(seenAt ? [said('seen', { at: Number(seenAt) })] : []),
      ...(adds.length ? [said('waiting-add', { at: adds[0].at, n: adds.length })] : []),
      ...orders.map((order) => said('waiting-order', order)),
      ...old.map((order) => said('old-order', order)),
      ...[...told.values()].map((result) => said(`${result.outcome}-${result.kind}`, result)),
    ])
    if (mine !== turn) return
    outbox().replaceChildren(...messages)
    if (results.length && !document.hidden) send({ type: 'seen' })
  }

  function outbox() {
    const known = document.getElementById('outbox')
    if (known) return known
    const made = document.createElement('div')
    Object.assign(made, { id: 'outbox', role: 'status' })
    document.getElementById('main').prepend(made)
    return made
  }

  /* Pages that were seen, where a page that was not seen is asked for. */
  async function listPages(list) {
    const cache = await caches.open('pages')
    for (const { url } of await cache.keys()) {
      const html = await (await cache.match(url)).text()
      const item = document.createElement('li')
      const link = document.createElement('a')
      link.href = url
      link.textContent = new DOMParser().parseFromString(html, 'text/html').title
      item.append(link)
      list.append(item)
    }
    list.closest('section').hidden = !list.children.length
  }

  async function start() {
    serviceWorker.addEventListener('message', ({ data }) => {
      if (!data?.waiting) return
      if (seenAt || outboxIsNeeded(data)) show(data)
      clearTimeout(again)
      if (data.waiting.length && navigator.onLine) again = setTimeout(hello, RETRY_AFTER)
    })
    addEventListener('online', hello)
    await serviceWorker.register('/sw.js')
    hello()
    const list = document.getElementById('seen-pages')
    if (list) listPages(list)
  }

  const outboxIsNeeded = ({ waiting, old, results }) =>
    waiting.length || old.length || results.length || document.getElementById('outbox')

  /* Turned off again, it leaves nothing behind. */
  async function stop() {
    for (const registration of await serviceWorker.getRegistrations()) registration.unregister()
    for (const name of await caches.keys()) caches.delete(name)
  }

  if (serviceWorker) addEventListener('load', worker === 'on' ? start : stop)
}
