const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

interface ExitGuardOptions {
  /** Ends everything in an orderly way. */
  stop: () => Promise<void>
  /** Tells everything to end, without waiting. */
  signalExit: () => void
}

/**
 * Sees that the servers end with the process that owns them: when it exits, and when a signal ends
 * it that nobody else listens to. A program that listens to signals itself stays in charge.
 */
export class ExitGuard {
  readonly #options: ExitGuardOptions
  readonly #onExit = () => this.#options.signalExit()
  readonly #onSignal = (signal: NodeJS.Signals) => this.#stopAndDie(signal)

  constructor(options: ExitGuardOptions) {
    this.#options = options
  }

  install() {
    process.on('exit', this.#onExit)
    for (const signal of SIGNALS) process.on(signal, this.#onSignal)
  }

  remove() {
    process.off('exit', this.#onExit)
    for (const signal of SIGNALS) process.off(signal, this.#onSignal)
  }

  #stopAndDie(signal: NodeJS.Signals) {
    if (process.listenerCount(signal) > 1) return
    const die = () => process.kill(process.pid, signal)
    // From here on the signal has its usual effect: a second one ends the process at once.
    process.off(signal, this.#onSignal)
    void this.#options.stop().then(die, die)
  }
}
