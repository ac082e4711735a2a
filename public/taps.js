/*
 * Each answer brings the buttons for the next step. A tap on a step while the answer to the last one is awaited is kept,
 * and made on the buttons that the answer brings. The cart is one answer, of a list each product has its own.
 */
{
  const kept = new Map()

  const placeOf = (element) => element?.closest?.('#cart, .buy')?.id

  document.addEventListener(
    'click',
    (event) => {
      const step = event.target.closest('.step')
      const waiting = step && kept.get(placeOf(step))
      if (!waiting) return
      event.preventDefault()
      event.stopImmediatePropagation()
      waiting.push(step.id)
    },
    true
  )

  /* What is not there any more, or disabled, has had its last step. */
  function goOn(place) {
    const waiting = kept.get(place) ?? []
    kept.delete(place)
    while (waiting.length > 0 && !kept.has(place)) {
      document.getElementById(waiting.shift())?.click()
    }
    if (waiting.length > 0) kept.get(place).push(...waiting)
  }

  document.addEventListener('htmx:before:request', ({ detail }) => {
    const place = placeOf(detail.ctx.sourceElement)
    if (place) kept.set(place, [])
  })
  document.addEventListener('htmx:after:swap', ({ detail }) => {
    const place = placeOf(detail.ctx.sourceElement)
    if (detail.ctx.response?.status >= 400) kept.delete(place)
    else if (place) goOn(place)
  })
  for (const event of ['htmx:error', 'htmx:response:error']) {
    document.addEventListener(event, () => kept.clear())
  }
}
