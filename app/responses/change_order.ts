import type { HttpContext } from '@adonisjs/core/http'
import { TransitionRefused } from '#exceptions/transition_refused'

/**
 * The status message of a change; that it was so already, for a second tap; or that it came too late because of a
 * concurrent one. Rethrows other errors.
 */
export async function changeOrder(
  { i18n }: HttpContext,
  message: string | (() => string),
  change: () => Promise<unknown>
) {
  try {
    await change()
    const said = typeof message === 'function' ? message() : message
    return { refused: false, status: i18n.t(said), kind: 'success' } as const
  } catch (error) {
    if (!(error instanceof TransitionRefused)) throw error
    const { number: n, isAlreadySo } = error
    const state = i18n.t(`orders.state.${error.state}`)
    const status = i18n.t(isAlreadySo ? 'orders.already_so' : error.says, { n, state })
    return isAlreadySo
      ? ({ refused: false, status, kind: 'success' } as const)
      : ({ refused: true, status, kind: 'error' } as const)
  }
}
