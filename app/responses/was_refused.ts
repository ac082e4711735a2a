import { TransitionRefused } from '#exceptions/transition_refused'

/** Whether somebody else was quicker, so that the change came too late. Other errors pass. */
export async function wasRefused(change: () => Promise<unknown>) {
  try {
    await change()
    return false
  } catch (error) {
    if (error instanceof TransitionRefused) return true
    throw error
  }
}
