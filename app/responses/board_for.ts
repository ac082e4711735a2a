import type { HttpContext } from '@adonisjs/core/http'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { addressOf } from '#markup/page_at'
import { board } from '#pages/board'
import { boardValidator } from '#validators/board'
import { lenient } from '#validators/lenient'

/** The board as the page shows it that the request asks for, or comes from. */
export async function boardFor(ctx: HttpContext, client?: QueryClientContract) {
  const asked = new URLSearchParams(addressOf(ctx).split('?')[1])
  const { shown = null } = await lenient(boardValidator, Object.fromEntries(asked))
  return board(ctx.auth.user!, shown, client)
}
