/*
 * A page that follows orders asks for its part again whenever something about them is announced, and whenever the
 * stream opens, for something may have happened while it was not. It waits while its user types in that part, while the
 * part shows again what was typed before, and while nobody looks at it; then it asks once when it is looked at again.
 * A board does not wait to be looked at: it has its title to count in, and rings (`board.js`).
 */
const region = document.querySelector('[data-live]')
const notice = document.querySelector('[data-lost]')
/* A stream that does not open is not waited for. */
const LONGEST_WAIT = 5_000
/* A little more than the server gives for undoing a step. */
const UNDO_FOR = 10_500
let stream
let connection
let board
let due
let fading
let focusedCard
let waiting = false
let isLeaving = false

const isTyped = () =>
  [...region.querySelectorAll('input:not([type=hidden]), textarea')].some(
    ({ value, defaultValue }) => value !== defaultValue
  )

const isTyping = () =>
  document.activeElement?.matches('input, textarea, select') &&
  region.contains(document.activeElement)

function refresh() {
  clearTimeout(due)
  waiting = isTyping() || 'typed' in region.dataset
  if (!waiting) htmx.trigger(region.firstElementChild, 'refresh')
}

region?.addEventListener('focusout', () => setTimeout(() => waiting && refresh()))

/* A board shows all orders of its owner, an order's page its own. */
function concerns({ channel, payload }) {
  const { order } = region.dataset
  return order ? payload.id === order : channel.startsWith('owners/')
}

function hear(message) {
  const { channel, payload } = message
  if (channel === 'ended') return leave()
  if (channel === 'lost') return connection.doubt()
  if (channel === 'rest') return connection.lose()
  connection.hear()
  if (channel === 'alive') return
  if (channel !== 'open') {
    if (!concerns(message)) return
    board?.hear(payload)
  }
  if (!document.hidden || board) refresh()
}

/* The login has ended. What is typed stays until it is sent; it leads to the login as well, and is kept. */
function leave() {
  connection.lose()
  if (isLeaving || isTyped()) return
  isLeaving = true
  location.replace(location.pathname + location.search)
}

/* A step can be undone for a moment. The button goes, unless it is about to be pressed. */
function fade() {
  clearTimeout(fading)
  if (!region.querySelector('[data-undo]')) return
  fading = setTimeout(() => document.activeElement.closest('[data-undo]') || refresh(), UNDO_FOR)
}

/* Not on the button of the next step: a second Enter would press it. */
function keepFocus() {
  const card = document.getElementById(focusedCard)
  if (card && !card.contains(document.activeElement)) card.focus()
}

/* By the page's own request, or by the answer to what its user did. */
function show({ target, detail }) {
  const { status } = detail.ctx.response
  if (!region.contains(target) || (status >= 400 && status !== 409)) return
  keepFocus()
  delete region.dataset.typed
  connection.renew()
  board?.shown()
  fade()
}

function failed({ target }) {
  if (target !== region.firstElementChild) return
  connection.doubt()
  clearTimeout(due)
  due = setTimeout(refresh, LONGEST_WAIT)
}

function comeBack() {
  clearTimeout(due)
  if (!document.hidden) due = setTimeout(refresh, LONGEST_WAIT)
}

if (region) {
  document.addEventListener('visibilitychange', comeBack)
  document.addEventListener('htmx:before:swap', () => {
    focusedCard = document.activeElement.closest('.order-card')?.id
  })
  document.addEventListener('htmx:after:swap', show)
  for (const event of ['htmx:error', 'htmx:response:error']) {
    document.addEventListener(event, failed)
  }
  /* Where the first click of two was, the button of another order may be by now. */
  region.addEventListener('click', (event) => {
    if (event.detail > 1 && event.target.closest('button')) event.preventDefault()
  })
  fade()
  addEventListener('load', () => {
    board = window.attendBoard?.(region)
    connection = watchConnection(notice, { reopen: () => stream?.reopen() })
    stream = shareStream(region.dataset.live, {
      hear,
      listensWhenHidden: () => Boolean(board),
    })
  })
}
