/*
 * Each answer brings the buttons for the next step. A tap on a step of the cart while an answer is awaited is kept, and
 * made on the buttons that the answer brings.
 */
{
  const kept = []
  let isAwaited = false

  document.addEventListener(
    'click',
    (event) => {
      const step = event.target.closest('#cart .step')
      if (!step || !isAwaited) return
      event.preventDefault()
      event.stopImmediatePropagation()
      kept.push(step.id)
    },
    true
  )

  /* What is not there any more, or disabled, has had its last step. */
  function goOn() {
    isAwaited = false
    while (kept.length > 0 && !isAwaited) document.getElementById(kept.shift())?.click()
  }

  function drop() {
    isAwaited = false
    kept.length = 0
  }

  document.addEventListener('htmx:before:request', (event) => {
    if (event.target.closest?.('#cart')) isAwaited = true
  })
  document.addEventListener('htmx:after:swap', ({ detail }) => {
    if (detail.ctx.response?.status >= 400) drop()
    else goOn()
  })
  for (const event of ['htmx:error', 'htmx:response:error']) document.addEventListener(event, drop)
}
