/*
 * Rows of prices save themselves when a field that changed is left; Enter and the keyboard's Next go to the following
 * price. One request of a row at a time, with what is typed by then, so that no older answer comes later. What could
 * not be sent stays typed, is marked, and is sent again, unless the server refused it.
 */
'use strict'
{
  const RETRY = 10_000
  const list = document.getElementById('price-rows')
  const { action } = document.getElementById('prices')
  const lead = document.getElementById('price-lead')
  lead.textContent = lead.dataset.saves
  document.getElementById('price-save').hidden = true

  const rowOf = (element) => element.closest?.('.price-row')
  const saidOf = (row) => row.querySelector('.said')
  const fieldsOf = (row) => [...row.querySelectorAll('.price-input, .count-input')]
  const shownOf = (input) => {
    const name = input.name.replace(/\[(\w+)\]$/, '[shown][$1]')
    return saidOf(rowOf(input)).querySelector(`[name="${name}"]`)
  }
  const isTyped = (input) => input.value.trim() !== shownOf(input).value
  const isGone = (row) => 'gone' in saidOf(row).dataset
  const isOpen = (row) => !isGone(row) && fieldsOf(row).some(isTyped)

  /* By row: the end of what is being sent. */
  const sending = new Map()
  /* Whether it is sent again by itself, by row. */
  const unsent = new Map()
  let again

  function ask(event) {
    event.preventDefault()
  }

  /* A page that always listens is not kept alive by browsers. */
  function note() {
    if (unsent.size > 0) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  }

  function mark(row, isRetried) {
    unsent.set(row, isRetried)
    note()
    clearTimeout(again)
    if ([...unsent.values()].includes(true)) again = setTimeout(sendAgain, RETRY)
    if (saidOf(row).querySelector('.change')) return
    const text = Object.assign(document.createElement('p'), { className: 'change' })
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'link' })
    text.textContent = list.dataset.unsaved
    button.textContent = list.dataset.again
    button.dataset.again = ''
    saidOf(row).replaceChildren(...saidOf(row).querySelectorAll('[type=hidden]'), text, button)
  }

  function settle(row, sent) {
    unsent.delete(row)
    note()
    if (isGone(row)) {
      for (const input of fieldsOf(row)) input.readOnly = true
      return
    }
    const wrong = saidOf(row).dataset.wrong.split(' ')
    for (const [input, value] of sent) {
      const isWrong = wrong.includes(input.name.match(/\[(\w+)\]$/)[1])
      input.toggleAttribute('aria-invalid', isWrong)
      if (isWrong) {
        input.setAttribute('aria-invalid', 'true')
        input.setAttribute('aria-describedby', saidOf(row).id)
      } else if (input.value === value) input.value = shownOf(input).value
    }
  }

  async function send(row) {
    if (!isOpen(row)) return
    const sent = fieldsOf(row).map((input) => [input, input.value])
    const before = saidOf(row)
    let refusal = 0
    const refuse = ({ detail }) => (refusal = detail.ctx.response.status)
    row.addEventListener('htmx:response:error', refuse)
    await htmx.ajax('POST', action, { source: row, target: before, swap: 'outerHTML' })
    row.removeEventListener('htmx:response:error', refuse)
    if (saidOf(row) === before) return mark(row, refusal === 0 || refusal >= 500)
    settle(row, sent)
    if (unsent.size > 0) sendAgain()
  }

  function save(row) {
    const end = (sending.get(row) ?? Promise.resolve()).then(() => send(row))
    sending.set(row, end)
  }

  function sendAgain() {
    for (const [row, isRetried] of unsent) {
      if (!isRetried) continue
      unsent.delete(row)
      save(row)
    }
  }

  const moreRows = () => list.querySelector('.price-more[hx-get]')

  /* The following price, or the one before. */
  function go(input, by) {
    const price = rowOf(input).querySelector('.price-input')
    const prices = [...list.querySelectorAll('.price-input')]
    const next = prices[prices.indexOf(price) + by]
    if (next) next.focus()
    else if (by > 0 && moreRows()) wait(price)
    else input.blur()
  }

  /* Until the rows that follow are here, nothing is typed into a price that is done. */
  let waiting = null

  function wait(price) {
    price.focus()
    price.readOnly = true
    waiting = price
    save(rowOf(price))
    htmx.trigger(moreRows(), 'needed')
  }

  function stopWaiting() {
    if (!waiting) return
    waiting.readOnly = false
    waiting = null
  }

  new MutationObserver(() => {
    const price = waiting
    stopWaiting()
    if (price) go(price, 1)
  }).observe(list, { childList: true })

  list.addEventListener('change', ({ target }) => rowOf(target) && save(rowOf(target)))

  list.addEventListener('keydown', (event) => {
    const { key, target } = event
    const by = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[key]
    if (!by || !target.matches('.price-input, .count-input')) return
    event.preventDefault()
    go(target, by)
  })

  /*
   * The Next of a phone's keyboard goes to the field that follows, the stock. Of all ways there, only this one is
   * neither a tap nor a Tab.
   */
  let isMeant = false
  for (const way of ['pointerdown', 'keydown']) {
    addEventListener(way, ({ key = 'Tab' }) => (isMeant = key === 'Tab'), true)
  }
  for (const over of ['click', 'keyup', 'pointercancel']) {
    addEventListener(over, () => (isMeant = false), true)
  }

  list.addEventListener('focusin', ({ target, relatedTarget }) => {
    const isNext = !isMeant && relatedTarget === rowOf(target)?.querySelector('.price-input')
    isMeant = false
    if (target.matches('.count-input') && isNext) return go(relatedTarget, 1)
    if (target.matches('.price-input, .count-input')) target.select()
  })

  list.addEventListener('focusout', ({ target }) => target === waiting && stopWaiting())

  list.addEventListener('click', ({ target }) => {
    const undo = target.closest('[data-undo]')
    if (undo) {
      const input = document.getElementById(undo.dataset.undo)
      input.value = undo.value
      input.focus()
      save(rowOf(input))
    }
    if (target.closest('[data-again]')) save(rowOf(target))
  })

  addEventListener('online', sendAgain)
  addEventListener('pagehide', () => removeEventListener('beforeunload', ask))
}
