import { setTimeout as delay } from 'node:timers/promises'

/** Retries `check` until it passes; throws its last error after `within` ms. */
export async function eventually<T>(check: () => T | Promise<T>, within = 3_000): Promise<T> {
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
