/*
 * Makes a search field with suggestions a combobox: arrows choose, Enter goes there, Escape closes, and
 * what there is to choose from is said.
 */
const listOf = (input) => document.getElementById(input.dataset.suggestions)
const optionsOf = (input) => [...listOf(input).querySelectorAll('[role=option]')]

function toggle(input, isOpen) {
  const list = listOf(input)
  list.hidden = !isOpen
  input.setAttribute('aria-expanded', isOpen)
  input.removeAttribute('aria-activedescendant')
  for (const option of optionsOf(input)) option.removeAttribute('aria-selected')
}

function choose(input, step) {
  const options = optionsOf(input)
  const at = options.findIndex((option) => option.hasAttribute('aria-selected'))
  options[at]?.removeAttribute('aria-selected')
  const next = options[at === -1 && step < 0 ? options.length - 1 : at + step]
  if (!next) return input.removeAttribute('aria-activedescendant')
  next.setAttribute('aria-selected', 'true')
  next.scrollIntoView({ block: 'nearest' })
  input.setAttribute('aria-activedescendant', next.id)
}

for (const input of document.querySelectorAll('[data-suggestions]')) {
  const list = listOf(input)
  const said = document.getElementById(list.id.replace('suggestions', 'suggested'))
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-controls', list.id)
  toggle(input, false)

  new MutationObserver(() => {
    const options = optionsOf(input)
    for (const [at, option] of options.entries()) option.id = `${list.id}-${at}`
    toggle(input, options.length > 0 && document.activeElement === input)
    said.textContent = list.querySelector('[data-message]')?.dataset.message ?? ''
  }).observe(list, { childList: true })
  input.addEventListener('keydown', (event) => {
    const { key } = event
    const isOpen = !list.hidden
    const chosen = list.querySelector('[aria-selected]')
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault()
      if (optionsOf(input).length === 0) return
      if (!isOpen) toggle(input, true)
      choose(input, key === 'ArrowDown' ? 1 : -1)
    } else if (key === 'Escape' && isOpen) {
      event.preventDefault()
      toggle(input, false)
    } else if (key === 'Enter' && isOpen) {
      if (chosen) event.preventDefault()
      toggle(input, false)
      if (chosen) location.assign(chosen.href)
    }
  })
  input.addEventListener('blur', () => setTimeout(() => toggle(input, false), 150))
  list.addEventListener('mousedown', (event) => event.preventDefault())
}
