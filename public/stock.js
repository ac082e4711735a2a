/*
 * A stock that was typed and not saved is marked, outlives what happens to its row or list, and is asked about before
 * the page is left.
 */
'use strict'
{
  /* By product. */
  const typed = new Map()
  const productOf = (element) => element.closest('[id^="product-"]')?.id.slice('product-'.length)

  const announced = document.createElement('p')
  announced.className = 'sr-only'

  function ask(event) {
    event.preventDefault()
  }

  /* A page that always listens is not kept alive by browsers. */
  function note() {
    if (typed.size > 0) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  }

  const markOf = (product) => document.getElementById(`unset-${product}`)

  function mark(product) {
    const text = markOf(product)
    if (text) text.hidden = !typed.has(product)
  }

  function forget(product) {
    typed.delete(product)
    mark(product)
    note()
  }

  function put(input, value) {
    if (!input || input === document.activeElement || input.value === value) return
    input.value = value
  }

  /* In the row, or in the form that took its place. */
  function putBack() {
    for (const [product, value] of typed) {
      put(document.getElementById(`stock-${product}`), value)
      put(document.getElementById(`${product}-stock`), value)
      mark(product)
    }
  }

  addEventListener('input', ({ target }) => {
    if (!target.matches('.stock-input')) return
    const product = productOf(target)
    if (target.value === target.form.elements['shown[stock]'].value) return forget(product)
    typed.set(product, target.value)
    mark(product)
    note()
  })

  addEventListener('focusout', ({ target, relatedTarget }) => {
    const product = target.matches?.('.stock-input') && productOf(target)
    if (!typed.has(product) || relatedTarget?.form === target.form) return
    announced.textContent = `${target.labels[0].textContent.trim()}: ${markOf(product).textContent}`
    document.getElementById('status').append(announced)
  })

  /* Saved, or on its way to the login, where it is kept. */
  document.addEventListener('htmx:after:request', ({ detail }) => {
    const { sourceElement, response } = detail.ctx
    if (response.status < 400 && sourceElement.elements?.stock) forget(productOf(sourceElement))
  })
  document.addEventListener('htmx:after:swap', putBack)
  addEventListener('pagehide', () => {
    typed.clear()
    note()
  })
}
