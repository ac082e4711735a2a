/*
 * All pages of a browser share one event stream: over HTTP/1.1 a browser has six connections to a server, for
 * everything. The page that holds the lock has the stream and passes on what it hears; when it closes or is put
 * away, the browser gives the lock to the next. Where there are no locks (old browsers, plain http), each page has a
 * stream of its own while it is looked at.
 */
function shareStream(address, { hear, listensWhenHidden }) {
  const pages = navigator.locks && window.BroadcastChannel && new BroadcastChannel('orders')
  const me = Math.random()
  let turn
  let stream
  let timer
  let isFollowing = false
  let retry = 1_000

  function tell(message) {
    hear(message)
    pages?.postMessage(message)
  }

  function open() {
    clearTimeout(timer)
    const opened = (stream = new EventSource(address))
    opened.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data)
      if (message.channel.startsWith('$$')) return tell({ channel: 'alive' })
      retry = 1_000
      isFollowing = !['rest', 'ended'].includes(message.channel)
      if (!isFollowing) opened.close()
      tell(message)
    })
    /* A server that is just starting answers with an error, after which browsers do not try again. */
    opened.addEventListener('error', async () => {
      isFollowing = false
      tell({ channel: 'lost' })
      if (opened.readyState !== EventSource.CLOSED) return
      const isOver = await isLoggedOut()
      if (opened !== stream) return
      if (isOver) return tell({ channel: 'ended' })
      timer = setTimeout(open, retry)
      retry = Math.min(retry * 2, 30_000)
    })
  }

  /* The stream of a person with very many browsers may rest, until a page is looked at. */
  function wake() {
    if (stream?.readyState === EventSource.CLOSED) open()
  }

  function takeTurn() {
    turn = new AbortController()
    const { signal } = turn
    const hold = (done) => {
      signal.addEventListener('abort', done)
      open()
    }
    navigator.locks
      .request('orders', { signal }, () => signal.aborted || new Promise(hold))
      .catch(() => {})
  }

  function leave() {
    turn?.abort()
    stream?.close()
    clearTimeout(timer)
    turn = stream = undefined
    isFollowing = false
  }

  /* For a connection that has ended without a sign. */
  function reopen() {
    if (!stream) return pages?.postMessage({ channel: 'who', from: me })
    stream.close()
    open()
  }

  function attend() {
    if (document.hidden && !(pages && listensWhenHidden())) return leave()
    if (isFollowing) return hear({ channel: 'open' })
    wake()
    if (pages && !turn) takeTurn()
    else if (!pages && !stream) open()
    pages?.postMessage({ channel: 'who', from: me })
  }

  pages?.addEventListener('message', ({ data }) => {
    if (data.channel !== 'who') return data.to && data.to !== me ? undefined : hear(data)
    if (isFollowing) pages.postMessage({ channel: 'open', to: data.from })
    else wake()
  })
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', attend)
  addEventListener('focus', () => wake())
  attend()
  return { reopen }
}

/* A login can end elsewhere; then the pages go to the login page. */
async function isLoggedOut() {
  const asked = fetch(location.href, { method: 'HEAD', redirect: 'manual' })
  const answer = await asked.catch(() => null)
  return answer?.type === 'opaqueredirect'
}
