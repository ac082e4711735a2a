/*
 * A page that follows orders asks for its part again whenever something is announced, and whenever the
 * stream opens, for something may have happened while it was not. While somebody types in that part, it waits.
 * The sound for new orders is one's own choice, kept in this browser; a browser may keep a page silent that
 * nobody has touched yet, which the page says.
 * Of very many pages of a person those that were opened first rest until they are looked at again.
 */
const region = document.querySelector('[data-live]')
const sound = document.querySelector('[data-sound]')
const soundBlocked = document.querySelector('[data-sound-blocked]')
const SOUND = 'sound'
let retry = 1_000
let waiting = false
/* Ids of orders grow with time, as text too; numbers are each shop's own. */
let known = region?.dataset.newest ?? ''

const isTyping = () =>
  document.activeElement?.matches('input, textarea, select') &&
  region.contains(document.activeElement)

function refresh() {
  waiting = isTyping()
  if (!waiting) htmx.trigger(region.firstElementChild, 'refresh')
}

region?.addEventListener('focusout', () => setTimeout(() => waiting && refresh()))

function follow() {
  const stream = new EventSource(region.dataset.live)
  stream.addEventListener('message', ({ data }) => {
    const { channel, payload } = JSON.parse(data)
    retry = 1_000
    if (channel.startsWith('$$')) return
    if (channel === 'rest') return rest(stream)
    if (payload.state === 'placed' && payload.id > known) ring()
    if (payload.id > known) known = payload.id
    refresh()
  })
  /* A server that is just starting answers with an error, after which browsers do not try again. */
  stream.addEventListener('error', async () => {
    if (stream.readyState !== EventSource.CLOSED) return
    if (await isLoggedOut()) return location.replace(location.pathname + location.search)
    setTimeout(follow, retry)
    retry = Math.min(retry * 2, 30_000)
  })
}

function rest(stream) {
  stream.close()
  const looked = new AbortController()
  const again = () => {
    if (document.hidden) return
    looked.abort()
    follow()
  }
  for (const sign of ['visibilitychange', 'focus']) {
    addEventListener(sign, again, { signal: looked.signal })
  }
}

/* Who was logged out elsewhere is led to the login page. */
async function isLoggedOut() {
  const asked = fetch(location.href, { method: 'HEAD', redirect: 'manual' })
  const answer = await asked.catch(() => null)
  return answer?.type === 'opaqueredirect'
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

if (region) addEventListener('load', follow)
