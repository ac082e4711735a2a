import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { releaseDatabase } from '#infra/database'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const LOOK_EVERY = 250

/** Times in milliseconds: what is in hand, then the database, and both together. */
const WORK = 3_500
const ALL = 7_000

const told = new AbortController()

/** Aborts when this process is told to end: by a signal, or because the npm that started it is gone. */
export const ending = told.signal

/**
 * Ends this process when it is told to: `finish` has some seconds for what is in hand, then the embedded
 * database goes, and nothing that hangs on the way keeps the process longer than 7 s. Ctrl-C reaches
 * it twice when npm passes it on, so what comes after the first signal changes nothing.
 *
 * @param finish may be cut short
 * @param code of a process that was asked to end; by default the usual one for a signal
 */
export function endWhenTold(finish: (signal: NodeJS.Signals) => Promise<unknown>, code?: number) {
  const end = (signal: NodeJS.Signals) => {
    if (ending.aborted) return
    told.abort(signal)
    const exit = () => process.exit(code ?? 128 + constants.signals[signal])
    setTimeout(exit, ALL)
    const work = finish(signal).catch(() => {})
    void Promise.race([work, delay(WORK)])
      .then(() => releaseDatabase())
      .then(exit, exit)
  }
  for (const signal of SIGNALS) process.on(signal, end)
  watchNpm(() => end('SIGHUP'))
}

/**
 * npm passes `SIGINT` and `SIGTERM` on, but dies of `SIGHUP` and `SIGKILL` without a word to what it runs. Its
 * scripts name it in `NPM_PID`; a process that has another parent by now has lost it.
 */
function watchNpm(lost: () => void) {
  const npm = Number(process.env.NPM_PID)
  delete process.env.NPM_PID
  if (!npm) return
  const timer = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(timer)
    lost()
  }, LOOK_EVERY).unref()
}
