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
const address = () => location.pathname + location.search
const cameFrom = address()
addEventListener('submit', ({ target }) => {
  const back = target.querySelector('[name=back]')
  if (back && address() !== cameFrom) back.value = address()
})

/* The language switch sends the form that something was typed in, and asks for a whole page. */
const isTyped = ({ type, value, defaultValue, checked, defaultChecked, options }) => {
  if (options) return !([...options].find((each) => each.defaultSelected) ?? options[0]).selected
  if (/hidden|submit|button/.test(type)) return false
  return /radio|checkbox/.test(type) ? checked !== defaultChecked : value !== (defaultValue ?? value)
}

document.querySelector('.cloth [lang]')?.addEventListener('click', (event) => {
  const { form: own, value } = event.currentTarget
  const forms = [...document.querySelectorAll('main form[method=POST]')]
  const form = forms.find(({ elements }) => [...elements].some(isTyped)) ?? own
  if (form.querySelector('[name=back]')) return
  event.preventDefault()
  const chosen = Object.assign(document.createElement('input'), { name: '_locale', value })
  chosen.type = 'hidden'
  form.append(chosen)
  HTMLFormElement.prototype.submit.call(form)
})

document.addEventListener('htmx:error', () => {
  const message = document.createElement('p')
  message.className = 'notice notice-error toast'
  message.textContent = document.body.dataset.offline
  status().replaceChildren(message)
})
