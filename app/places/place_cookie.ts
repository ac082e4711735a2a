import type { HttpContext } from '@adonisjs/core/http'
import { pinCodeIn, readPinCode } from '#numbers/pin_code'
import type { Place } from '#places/place'

const COOKIE = 'pin'
const AGE = '1y'

/** The place that this browser was told, or else the PIN code in the person's address; null when neither is known. */
export function placeOf({ auth, request }: HttpContext): Place | null {
  const told = placeIn(request.encryptedCookie(COOKIE))
  if (told) return told
  const pin = auth?.user ? pinCodeIn(auth.user.address) : null
  return pin ? { pin } : null
}

/** Whether this browser was told a place. */
export function isTold({ request }: HttpContext) {
  return placeIn(request.encryptedCookie(COOKIE)) !== null
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
