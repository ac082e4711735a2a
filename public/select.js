/* Says how many products are selected, and selects all on the page. Without it the boxes and the buttons work too. */
'use strict'
{
  const picks = () => [...document.querySelectorAll('.pick[name]')]

  function show() {
    const said = document.getElementById('selected')
    if (!said) return
    const all = picks()
    const count = all.filter(({ checked }) => checked).length
    said.textContent = said.dataset.words.replace('#', count)
    said.hidden = false
    const box = document.querySelector('.select-all .pick')
    box.closest('label').hidden = false
    box.checked = count > 0 && count === all.length
    box.indeterminate = count > 0 && count < all.length
  }

  addEventListener('change', ({ target }) => {
    if (!target.matches('.pick')) return
    if (!target.name) for (const pick of picks()) pick.checked = target.checked
    show()
  })
  document.addEventListener('htmx:after:swap', show)
  addEventListener('pageshow', show)
}
