/*
 * What htmx leaves undone: a message of a whole page is announced too, focus never falls back to the
 * top of the page when the element that had it is swapped away, the language switch comes back to
 * where one is, and a missing answer is said.
 */
const status = () => document.getElementById('status')
let focused

addEventListener('DOMContentLoaded', () => {
  const message = status()?.firstElementChild
  if (message) setTimeout(() => status().append(message), 150)
})

document.addEventListener('htmx:before:swap', () => {
  focused = document.activeElement
})

document.addEventListener('htmx:after:swap', ({ target }) => {
  const { activeElement, body } = document
  if (focused === body || activeElement !== body || !target.closest?.('main')) return
  const place = target.querySelector('[data-focus]') ?? target
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus()
})

/* The address may have changed since the page came. */
addEventListener('submit', ({ target }) => {
  const back = target.querySelector('[name=back]')
  if (back) back.value = location.pathname + location.search
})

document.addEventListener('htmx:error', () => {
  const message = document.createElement('p')
  message.className = 'notice notice-error toast'
  message.textContent = document.body.dataset.offline
  status().replaceChildren(message)
})
