import type { HttpContext } from '@adonisjs/core/http'
import { TransitionRefused } from '#exceptions/transition_refused'

/** The status message of a change, or that it came too late because of a concurrent one. Rethrows other errors. */
export async function changeOrder(
  { i18n }: HttpContext,
  message: string,
  change: () => Promise<unknown>
) {
  try {
    await change()
    return { refused: false, status: i18n.t(message), kind: 'success' } as const
  } catch (error) {
    if (!(error instanceof TransitionRefused)) throw error
    return { refused: true, status: i18n.t('orders.too_late'), kind: 'error' } as const
  }
}
