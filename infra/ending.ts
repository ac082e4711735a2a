import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { releaseDatabase } from '#infra/database'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const LOOK_EVERY = 250

/** Shutdown timeouts in milliseconds: requests in progress, the database, and both together. */
const WORK = 3_500
const ALL = 7_000

const told = new AbortController()

/** Aborts when this process has to stop: on a signal, or because its parent npm is gone. */
export const ending = told.signal

/**
 * Shuts this process down when told to: `finish` has a few seconds for work in progress, then the embedded
 * database stops; after 7 s the process exits regardless. npm may pass Ctrl-C on a second time, so later signals
 * are ignored.
 *
 * @param finish may be cut short
 * @param code exit code; by default the usual one for the signal
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
 * npm forwards `SIGINT` and `SIGTERM`, but dies of `SIGHUP` and `SIGKILL` without telling its scripts. They pass
 * its id in `NPM_PID`; a process whose parent has changed has lost it.
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
