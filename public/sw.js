/*
 * The service worker: pages that were seen are shown without network, and an Add or an order that was sent without
 * network is kept and sent once. Everything that it keeps belongs to the person whose page came last.
 */
importScripts(
  '/sw/workbox-core.js',
  '/sw/workbox-routing.js',
  '/sw/workbox-strategies.js',
  '/sw/workbox-expiration.js',
  '/sw/workbox-background-sync.js',
  '/sw/store.js',
  '/sw/snapshots.js',
  '/sw/outbox.js',
  '/sw/subscription.js',
  '/sw/push.js'
)

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(snapshots.keepOfflinePage())
})

addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([clients.claim(), registration.navigationPreload?.enable()]))
})

const { registerRoute } = workbox.routing
const WEEK = 7 * 24 * 60 * 60

/* Files have their hash in the address. */
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.searchParams.has('v'),
  new workbox.strategies.CacheFirst({
    cacheName: 'files',
    plugins: [new workbox.expiration.ExpirationPlugin({ maxEntries: 60, maxAgeSeconds: WEEK })],
  })
)

registerRoute(
  ({ request, sameOrigin }) => sameOrigin && request.mode === 'navigate',
  ({ event, request }) => snapshots.visit(event, request)
)

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname === '/offline',
  ({ request }) => snapshots.offlinePage(request)
)

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && outbox.takes(url),
  ({ event, request }) => outbox.send(event, request),
  'POST'
)

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname === '/logout',
  ({ event, request }) => {
    event.waitUntil(push.end().catch(() => {}))
    return snapshots.logOut(event, request)
  },
  'POST'
)

addEventListener('message', (event) => {
  const { type, id } = event.data ?? {}
  const actions = {
    hello: () => outbox.replay(),
    confirm: () => outbox.confirm(id),
    discard: () => outbox.discard(id),
    seen: () => outbox.forgetResults(),
  }
  if (actions[type]) event.waitUntil(actions[type]())
})
