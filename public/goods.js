/* Amounts that are still the standard ones follow the measure of loose goods. */
addEventListener('change', ({ target }) => {
  if (!target.matches('[name="measure"]')) return
  const { form } = target
  const standards = JSON.parse(form.querySelector('[data-standards]').dataset.standards)
  for (const [field, text] of Object.entries(standards[target.value])) {
    const input = form.elements[field]
    const isStandard = Object.values(standards).some((texts) => texts[field] === input.value)
    if (isStandard) input.value = text
  }
})
