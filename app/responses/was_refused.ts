import { TransitionRefused } from '#exceptions/transition_refused'

/** Whether the change came too late because of a concurrent one. Rethrows other errors. */
export async function wasRefused(change: () => Promise<unknown>) {
  try {
    await change()
    return false
  } catch (error) {
    if (error instanceof TransitionRefused) return true
    throw error
  }
}
