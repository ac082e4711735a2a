/* Small values that outlive the worker: whose pages are kept, and what became of what was sent. */
const store = {
  async read(name) {
    const kept = await caches.match(`/kept/${name}`, { cacheName: 'values' })
    return kept ? kept.json() : undefined
  },

  async write(name, value) {
    const cache = await caches.open('values')
    await cache.put(`/kept/${name}`, new Response(JSON.stringify(value)))
  },

  clear: () => caches.delete('values'),
}
