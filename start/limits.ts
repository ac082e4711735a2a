import limiter from '@adonisjs/limiter/services/main'

/** Guessing passwords: per address and name, and per address alone for those who try many names. */
export const throttleLogin = limiter.define('login', ({ request }) => {
  const name = String(request.input('username', '')).toLowerCase().slice(0, 100)
  return limiter.allowRequests(10).every('1 minute').usingKey(`login:${request.ip()}:${name}`)
})

export const throttleLoginByAddress = limiter.define('login_address', ({ request }) => {
  return limiter.allowRequests(60).every('1 minute').usingKey(`login:${request.ip()}`)
})

export const throttleRegistration = limiter.define('registration', ({ request }) => {
  return limiter.allowRequests(20).every('1 hour').usingKey(`registration:${request.ip()}`)
})
