/*
 * What was sent without network, and is sent when it is back: at once by Background Sync, or else when the worker
 * starts, a page opens, or a page finds the network again. Orders have a form key and Adds say what was in the cart,
 * so that the server counts one that arrived already only once.
 */
const outbox = (() => {
  const { Queue } = workbox.backgroundSync
  const ORDER = /^\/shops\/[0-9a-f-]{36}\/checkout$/
  const ADD = '/cart/items'
  const CONFIRM_AFTER = 10 * 60 * 1000
  const WEEK_IN_MINUTES = 7 * 24 * 60

  const queue = (name) => new Queue(name, { onSync: replay, maxRetentionTime: WEEK_IN_MINUTES })
  const queued = queue('waiting')
  /* Orders that were kept for long: their sender may have bought elsewhere. */
  const old = queue('old')

  const takes = ({ pathname }) => pathname === ADD || ORDER.test(pathname)

  async function send(event, request) {
    const copy = request.clone()
    try {
      return await fetch(request)
    } catch {
      await keep(copy)
      await tell()
      if (request.mode === 'navigate') return snapshots.offlinePage(request)
      return new Response(null, { status: 204 })
    }
  }

  async function keep(request) {
    const kind = new URL(request.url).pathname === ADD ? 'add' : 'order'
    const metadata = { id: crypto.randomUUID(), kind, at: Date.now() }
    await queued.pushRequest({ request, metadata })
  }

  let turn = Promise.resolve()
  function inTurn(action) {
    const next = turn.then(action)
    turn = next.catch(() => {})
    return next
  }

  /* An entry leaves the queue after it was sent: a worker that ends in between sends it again. */
  function replay() {
    return inTurn(async () => {
      try {
        for (let [first] = await queued.getAll(); first; [first] = await queued.getAll()) {
          if (needsConfirmation(first)) await old.pushRequest(first)
          else await deliver(first)
          await queued.shiftRequest()
        }
      } finally {
        await tell()
      }
    })
  }

  const needsConfirmation = ({ metadata: { kind, at, isConfirmed } }) =>
    kind === 'order' && !isConfirmed && Date.now() - at > CONFIRM_AFTER

  async function deliver({ request, metadata }) {
    const response = await fetch(new Request(request, { redirect: 'follow' }))
    if (response.status >= 500 || response.status === 429) throw new Error('Not now')
    const { pathname } = new URL(response.url)
    if (pathname === '/login') {
      await snapshots.forget()
      return addResult({ ...metadata, outcome: 'login', url: '/login' })
    }
    const { kind } = metadata
    return addResult(
      kind === 'add' ? await added(metadata, response) : ordered(metadata, response, request)
    )
  }

  async function added(metadata, response) {
    const refused = /class="notice notice-error[^>]*>([^<]*)/.exec(await response.text())
    const outcome = response.ok && !refused ? 'done' : 'refused'
    return { ...metadata, outcome, url: '/cart', said: refused?.[1].trim() }
  }

  function ordered(metadata, { ok, url }, request) {
    const isDone = ok && new URL(url).pathname.startsWith('/orders/')
    return { ...metadata, outcome: isDone ? 'done' : 'refused', url: isDone ? url : request.url }
  }

  async function addResult(result) {
    await store.write('results', [...((await store.read('results')) ?? []), result])
  }

  async function take(id) {
    let taken
    for (let left = await old.size(); left > 0; left--) {
      const entry = await old.shiftRequest()
      if (entry?.metadata.id === id) taken = entry
      else if (entry) await old.pushRequest(entry)
    }
    return taken
  }

  async function confirm(id) {
    const entry = await inTurn(() => take(id))
    if (entry) {
      entry.metadata.isConfirmed = true
      await queued.pushRequest(entry)
    }
    await replay().catch(() => {})
  }

  async function discard(id) {
    await inTurn(() => take(id))
    await tell()
  }

  const shown = (entries) => entries.map(({ metadata }) => metadata)

  async function tell() {
    const state = {
      waiting: shown(await queued.getAll()),
      old: shown(await old.getAll()),
      results: (await store.read('results')) ?? [],
    }
    for (const page of await clients.matchAll()) page.postMessage(state)
  }

  async function forgetResults() {
    await store.write('results', [])
  }

  async function clear() {
    for (const each of [queued, old]) while (await each.shiftRequest());
  }

  const waiting = () => queued.getAll()

  return { takes, send, keep, waiting, replay, confirm, discard, forgetResults, clear }
})()
