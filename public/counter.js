/* One more of what is sold in packs, by a tap. */
for (const button of document.querySelectorAll('[data-one-more]')) {
  const field = document.getElementById(button.dataset.oneMore)
  button.hidden = false
  button.addEventListener('click', () => {
    field.value = String((Number(field.value) || 0) + 1)
  })
}
