/*
 * A live page that is not connected says so, and since when. A connection can end without a sign, in a tunnel or
 * while a laptop sleeps, so what counts is what the page hears: the server sends something every 20 s. It is
 * connected again when it has been brought up to date.
 */
function watchConnection(notice, { reopen }) {
  const SILENCE = 45_000
  /* A server that restarts is back by then, and so is the stream of a page that is looked at again. */
  const GRACE = 5_000
  const READ_FOR = 5_000
  let heardAt = Date.now()
  let shownAt = heardAt
  let triedAt = heardAt
  let foundAt = 0
  let isLost = false
  let doubted

  /* As on the server: "4:05 am", and in Hindi "सुबह 4:05 बजे". */
  const { lang } = document.documentElement
  const hour = new Intl.DateTimeFormat(`${lang}-IN`, {
    hour: 'numeric',
    minute: '2-digit',
    ...(lang === 'hi' && { dayPeriod: 'short' }),
    timeZone: 'Asia/Kolkata',
    numberingSystem: 'latn',
  })
  const clock = (time) => hour.format(time) + (lang === 'hi' ? ' बजे' : '')

  function say(text, kind) {
    const message = document.createElement('p')
    message.className = `notice notice-${kind}`
    message.textContent = text
    notice.replaceChildren(message)
  }

  function lose() {
    clearTimeout(doubted)
    if (isLost) return
    isLost = true
    say(notice.dataset.lost.replace('{time}', clock(heardAt)), 'warning')
  }

  function doubt() {
    clearTimeout(doubted)
    doubted = setTimeout(lose, GRACE)
  }

  function hear() {
    clearTimeout(doubted)
    heardAt = Date.now()
  }

  /* The page shows what is so now. It often comes twice in a row, so that nobody could read what is said first. */
  function renew() {
    hear()
    if (isLost) {
      say(notice.dataset.found.replace('{time}', clock(heardAt)), 'success')
      foundAt = heardAt
    } else if (heardAt - foundAt > READ_FOR) notice.replaceChildren()
    isLost = false
  }

  function check() {
    const now = Date.now()
    if (document.hidden || now - shownAt < GRACE) return
    if (!navigator.onLine) return lose()
    if (now - heardAt < SILENCE) return
    lose()
    if (now - triedAt < SILENCE) return
    triedAt = now
    reopen()
  }

  setInterval(check, 1_000)
  addEventListener('offline', lose)
  addEventListener('online', reopen)
  document.addEventListener('visibilitychange', () => {
    shownAt = Date.now()
  })
  return { lose, doubt, hear, renew }
}
