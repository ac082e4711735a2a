/* The browser's position instead of a typed PIN code; the server finds the code. */
const button = document.querySelector('[data-locate]')
if (navigator.geolocation && button) button.hidden = false

button?.addEventListener('click', () => {
  const { form, dataset } = button
  button.disabled = true
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      for (const name of ['latitude', 'longitude']) {
        const field = Object.assign(document.createElement('input'), { name, type: 'hidden' })
        field.value = coords[name].toFixed(2)
        form.append(field)
      }
      HTMLFormElement.prototype.submit.call(form)
    },
    () => {
      const message = Object.assign(document.createElement('p'), { textContent: dataset.locate })
      message.className = 'notice notice-error'
      document.getElementById('status').replaceChildren(message)
      button.disabled = false
    },
    { timeout: 10_000, maximumAge: 600_000 }
  )
})
