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
const isEdited = ({ type, value, defaultValue, checked, defaultChecked, options }) => {
  if (options) return !([...options].find((each) => each.defaultSelected) ?? options[0]).selected
  if (/hidden|submit|button/.test(type)) return false
  return /radio|checkbox/.test(type) ? checked !== defaultChecked : value !== (defaultValue ?? value)
}

document.querySelector('.cloth [lang]')?.addEventListener('click', (event) => {
  const { form: own, value } = event.currentTarget
  const forms = [...document.querySelectorAll('main form[method=POST]')]
  const form = forms.find(({ elements }) => [...elements].some(isEdited)) ?? own
  if (form.querySelector('[name=back]')) return
  event.preventDefault()
  const chosen = Object.assign(document.createElement('input'), { name: '_locale', value })
  chosen.type = 'hidden'
  form.append(chosen)
  HTMLFormElement.prototype.submit.call(form)
})

/* Answers are put into this page, so they speak its language, even when another was chosen since. */
document.addEventListener('htmx:config:request', ({ detail }) => {
  detail.ctx.request.headers['Page-Language'] = document.documentElement.lang
})

document.addEventListener('htmx:error', () => {
  const message = document.createElement('p')
  message.className = 'notice notice-error toast'
  message.textContent = document.body.dataset.offline
  status().replaceChildren(message)
  settle()
})

const toast = () => status()?.querySelector('.toast, #error')
const CONTROLS = 'a, button, input:not([type=hidden]), select, summary, textarea'

/* A message floats as far down as it covers nothing that can be pressed, and can be closed. */
function settle() {
  const message = toast()
  if (!message) return
  if (!message.querySelector('.close')) message.append(closeButton())
  const { height, left, right } = message.getBoundingClientRect()
  const rects = [...document.querySelectorAll(CONTROLS)]
    .filter((control) => !message.contains(control))
    .map((control) => control.getBoundingClientRect())
    .filter((rect) => rect.height && rect.left < right && rect.right > left)
  const isFree = (top) => rects.every((rect) => rect.top >= top + height || rect.bottom <= top)
  for (let bottom = 16; bottom + height < innerHeight; bottom += 8) {
    if (!isFree(innerHeight - bottom - height)) continue
    message.style.insetBlockEnd = `${bottom}px`
    return
  }
}

function closeButton() {
  const button = document.createElement('button')
  Object.assign(button, { className: 'close', type: 'button', textContent: '×' })
  button.setAttribute('aria-label', document.body.dataset.close)
  return button
}

const close = () => toast()?.remove()

document.addEventListener('htmx:after:swap', () => setTimeout(settle))
for (const moved of ['scroll', 'resize']) addEventListener(moved, () => requestAnimationFrame(settle))
document.addEventListener('click', ({ target }) => target.closest('.close') && close())
document.addEventListener('keydown', ({ key }) => key === 'Escape' && close())

/* What opens over the page shuts by Escape, and by a click beside the element that it names. */
const shutting = () => document.querySelector('[data-shuts][open]')
document.addEventListener('click', ({ target }) => {
  const open = shutting()
  if (!open) return
  if (!open.closest(open.dataset.shuts).contains(target)) open.open = false
})
document.addEventListener('keydown', ({ key }) => {
  const open = key === 'Escape' && shutting()
  if (!open) return
  open.open = false
  open.firstElementChild.focus()
})

/* Orders that wait are counted beside the links to the board, and on the icon of the installed app. */
function showWaiting(count, words) {
  for (const badge of document.querySelectorAll('.badge[data-waiting]')) {
    badge.hidden = !count
    badge.firstElementChild.textContent = count
    if (words) badge.lastElementChild.textContent = words
  }
  navigator.setAppBadge?.(count).catch(() => {})
}

const waitingNow = document.querySelector('.badge[data-waiting]')?.dataset.waiting ?? 0
if (waitingNow !== '') showWaiting(Number(waitingNow))
