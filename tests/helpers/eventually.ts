import { setTimeout as delay } from 'node:timers/promises'

/** Retries `check` until it passes; throws its last error after `within` ms. */
export async function eventually(check: () => unknown, within = 3_000) {
  const deadline = Date.now() + within
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await delay(20)
    }
  }
}
