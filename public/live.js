/*
 * A page that follows orders asks for its part again whenever something about them is announced, and whenever the
 * stream opens, for something may have happened while it was not. It waits while its user types in that part, and
 * while nobody looks at it; then it asks once when it is looked at again.
 * The sound for new orders is for a board that nobody looks at, too. Each browser keeps its own choice; a browser may
 * keep a page silent that nobody has touched yet, which the page says.
 */
const region = document.querySelector('[data-live]')
const sound = document.querySelector('[data-sound]')
const soundBlocked = document.querySelector('[data-sound-blocked]')
const SOUND = 'sound'
/* A stream that does not open is not waited for. */
const LONGEST_WAIT = 5_000
let due
let waiting = false
/* Ids of orders grow with time, as text too; numbers are each shop's own. */
let known = region?.dataset.newest ?? ''

const isTyping = () =>
  document.activeElement?.matches('input, textarea, select') &&
  region.contains(document.activeElement)

function refresh() {
  clearTimeout(due)
  waiting = isTyping()
  if (!waiting) htmx.trigger(region.firstElementChild, 'refresh')
}

region?.addEventListener('focusout', () => setTimeout(() => waiting && refresh()))

/* A board shows all orders of its owner, an order's page its own. */
function concerns({ channel, payload }) {
  const { order } = region.dataset
  return order ? payload.id === order : channel.startsWith('owners/')
}

function hear(message) {
  const { channel, payload } = message
  if (channel === 'ended') return location.replace(location.pathname + location.search)
  if (channel !== 'open') {
    if (!concerns(message)) return
    if (payload.state === 'placed' && payload.id > known) ring()
    if (payload.id > known) known = payload.id
  }
  if (!document.hidden) refresh()
}

function comeBack() {
  clearTimeout(due)
  if (!document.hidden) due = setTimeout(refresh, LONGEST_WAIT)
}

const isLoud = () => localStorage.getItem(SOUND) !== 'off'

function ring() {
  if (!sound || !isLoud()) return
  const audio = new AudioContext()
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.connect(volume).connect(audio.destination)
  tone.frequency.setValueAtTime(880, audio.currentTime)
  tone.frequency.setValueAtTime(660, audio.currentTime + 0.18)
  volume.gain.setValueAtTime(0.25, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.7)
  tone.start()
  tone.stop(audio.currentTime + 0.7)
  setTimeout(() => audio.close(), 1_000)
}

function showSound() {
  sound.setAttribute('aria-pressed', String(isLoud()))
  soundBlocked.hidden = !isLoud() || navigator.userActivation?.hasBeenActive !== false
}

if (sound) {
  sound.hidden = false
  showSound()
  sound.addEventListener('click', () => {
    localStorage.setItem(SOUND, isLoud() ? 'off' : 'on')
    showSound()
    ring()
  })
  for (const gesture of ['click', 'keydown']) addEventListener(gesture, showSound)
}

if (region) {
  document.addEventListener('visibilitychange', comeBack)
  addEventListener('load', () => {
    shareStream(region.dataset.live, { hear, listensWhenHidden: () => sound && isLoud() })
  })
}
