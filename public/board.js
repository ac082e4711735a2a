/*
 * What the board of an owner does besides following its orders. A new order is heard again and again, also from a
 * board that nobody looks at, until it is seen: the board is touched or looked at again, on any tab of this browser, or
 * the order waits no longer. Each browser keeps its own choice of the sound; it may keep a page silent that nobody has
 * touched yet, which the switch says.
 */
function attendBoard(region) {
  const SOUND = 'sound'
  const SEEN = 'seen_order'
  const RING_EVERY = 8_000
  const sound = document.querySelector('[data-sound]')
  const ringing = document.querySelector('[data-ringing]')
  const board = () => region.firstElementChild
  let heard = ''
  let bell
  let audio
  let ahead = 0

  const isLoud = () => localStorage.getItem(SOUND) !== 'off'
  const isBlocked = () => isLoud() && navigator.userActivation?.hasBeenActive === false

  /* Ids of orders grow with time, as text too; numbers are each shop's own. */
  function newest() {
    const { newest: shown } = board().dataset
    return heard > shown ? heard : shown
  }

  const isUnseen = () => newest() > (localStorage.getItem(SEEN) ?? '')

  function see() {
    if (isUnseen()) localStorage.setItem(SEEN, newest())
    attend()
  }

  function attend() {
    const isNew = isUnseen()
    ringing.hidden = !isNew
    if (!isNew) bell = clearInterval(bell)
    else if (!bell) {
      bell = setInterval(ring, RING_EVERY)
      ring()
    }
  }

  /* Of several boards in one browser, one is heard. */
  function ring() {
    if (!isLoud()) return
    audio ??= new AudioContext()
    audio.resume().then(() => {
      if (!bell) return
      if (!navigator.locks) return play()
      navigator.locks.request('bell', { ifAvailable: true }, (lock) => {
        if (!lock) return
        play()
        return new Promise((free) => setTimeout(free, RING_EVERY / 2))
      })
    })
    navigator.vibrate?.([200, 100, 200])
  }

  function play() {
    const begin = audio.currentTime
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.connect(volume).connect(audio.destination)
    for (const at of [0, 0.9]) {
      tone.frequency.setValueAtTime(880, begin + at)
      tone.frequency.setValueAtTime(660, begin + at + 0.18)
      volume.gain.setValueAtTime(0.4, begin + at)
      volume.gain.exponentialRampToValueAtTime(0.001, begin + at + 0.8)
    }
    tone.start()
    tone.stop(begin + 1.7)
  }

  function showSound() {
    const state = isBlocked() ? 'blocked' : isLoud() ? 'on' : 'off'
    sound.dataset.state = state
    sound.textContent = sound.dataset[state]
  }

  function switchSound() {
    if (sound.dataset.state !== 'blocked') {
      localStorage.setItem(SOUND, isLoud() ? 'off' : 'on')
    }
    showSound()
    if (!isLoud()) return
    audio ??= new AudioContext()
    audio.resume().then(play)
  }

  /* As on the server: `duration` of the presenter. */
  const { lang } = document.documentElement
  const words = (unit) => {
    const unitDisplay = lang === 'hi' ? 'long' : 'short'
    const options = { style: 'unit', unit, unitDisplay, numberingSystem: 'latn' }
    return new Intl.NumberFormat(`${lang}-IN`, options)
  }
  const [minutes, hours, days] = ['minute', 'hour', 'day'].map(words)

  function duration(milliseconds) {
    const passed = Math.max(0, Math.floor(milliseconds / 60_000))
    if (passed < 120) return minutes.format(passed)
    if (passed < 2_880) return hours.format(Math.floor(passed / 60))
    return days.format(Math.floor(passed / 1_440))
  }

  /* By the clock of the server, which a phone's may differ from. */
  function passTime() {
    for (const time of board().querySelectorAll('time')) {
      const text = duration(Date.now() + ahead - Date.parse(time.dateTime))
      if (time.textContent.trim() !== text) time.textContent = text
    }
  }

  function shown() {
    heard = ''
    const { now, waiting, words } = board().dataset
    ahead = Number(now) - Date.now()
    const title = document.title.replace(/^\(\d+\) /, '')
    showWaiting(Number(waiting), words)
    document.title = Number(waiting) ? `(${waiting}) ${title}` : title
    attend()
  }

  function hear({ id, state }) {
    if (state !== 'placed') return
    if (id > heard) heard = id
    attend()
  }

  ahead = Number(board().dataset.now) - Date.now()
  setInterval(passTime, 5_000)
  sound.hidden = false
  showSound()
  sound.addEventListener('click', switchSound)
  for (const gesture of ['click', 'keydown']) addEventListener(gesture, showSound)
  for (const sign of ['pointerdown', 'keydown', 'wheel', 'focus']) addEventListener(sign, see)
  document.addEventListener('visibilitychange', () => document.hidden || see())
  addEventListener('storage', attend)
  if (document.hidden) attend()
  else see()
  return { hear, shown }
}
