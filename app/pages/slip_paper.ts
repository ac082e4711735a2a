import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { lenient } from '#validators/lenient'

/** Sheets, and rolls of 80 and 58 mm. */
export const PAPERS = ['a4', '80', '58'] as const

const COOKIE = 'paper'

const paperValidator = vine.create({ paper: vine.enum(PAPERS) })

/** The paper that slips are printed on in this browser: asked for now, or the last time. */
export async function slipPaper({ request, response }: HttpContext) {
  const { paper: asked } = await lenient(paperValidator, request.qs())
  if (asked) response.plainCookie(COOKIE, asked, { maxAge: '365d', encode: false })
  const kept = { paper: request.plainCookie(COOKIE, { encoded: false }) }
  return asked ?? (await lenient(paperValidator, kept)).paper ?? 'a4'
}
