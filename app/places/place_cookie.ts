import type { HttpContext } from '@adonisjs/core/http'
import { readPinCode } from '#numbers/pin_code'
import type { Place } from '#places/place'

const COOKIE = 'pin'
const AGE = '1y'

/** The place that this browser was told; null when it was told none. */
export function toldPlace({ request }: HttpContext): Place | null {
  return placeIn(request.encryptedCookie(COOKIE))
}

export function tellPlace({ response }: HttpContext, { pin, latitude, longitude }: Place) {
  const point = latitude !== undefined && longitude !== undefined
  const coarse = point ? { latitude: coarsely(latitude), longitude: coarsely(longitude) } : {}
  response.encryptedCookie(COOKIE, { pin, ...coarse }, { maxAge: AGE })
}

export function forgetPlace({ response }: HttpContext) {
  response.clearCookie(COOKIE)
}

/** To about a kilometre. */
const coarsely = (degrees: number) => Math.round(degrees * 100) / 100

function placeIn(cookie: Partial<Place> | null): Place | null {
  const pin = typeof cookie?.pin === 'string' ? readPinCode(cookie.pin) : null
  if (!pin) return null
  const { latitude, longitude } = cookie!
  const isPoint = Number.isFinite(latitude) && Number.isFinite(longitude)
  return isPoint ? { pin, latitude, longitude } : { pin }
}
