/*
 * Buttons that copy a text, their own or that of a field. Without this script they are not shown: the text beside them
 * can be selected.
 */
'use strict'
{
  const SAID_FOR = 2_000

  /* The clipboard is closed to pages that did not come over https. */
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text)
    const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true })
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }

  function say(button) {
    const { innerHTML } = button
    const said = Object.assign(document.createElement('p'), { className: 'sr-only' })
    said.textContent = `${button.lastElementChild.textContent.slice(2)}: ${button.dataset.copied}`
    document.getElementById('status').append(said)
    button.firstChild.textContent = button.dataset.copied
    setTimeout(() => {
      said.remove()
      button.innerHTML = innerHTML
    }, SAID_FOR)
  }

  document.documentElement.dataset.copies = ''
  for (const button of document.querySelectorAll('[data-copy-from]')) button.hidden = false

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-copy], [data-copy-from]')
    if (!button) return
    const { copy: text, copyFrom } = button.dataset
    await copy(text ?? document.getElementById(copyFrom).value)
    button.focus()
    say(button)
  })
}
