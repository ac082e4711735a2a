/* Buttons that hand a text to the phone's own sheet, for browsers that have one. */
'use strict'
{
  if (navigator.share) {
    for (const button of document.querySelectorAll('[data-share]')) button.hidden = false
  }

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-share]')
    if (!button) return
    const text = document.getElementById(button.dataset.share).value
    await navigator.share({ text }).catch(() => {})
  })
}
