const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

interface ExitGuardOptions {
  /** Graceful shutdown. */
  stop: () => Promise<void>
  /** Signals everything to stop, without waiting. */
  signalExit: () => void
}

/**
 * Stops the servers when their owner exits, or receives a signal without other listeners. Programs that handle
 * signals themselves stay in charge.
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
    // Restores the default: a second signal terminates immediately.
    process.off(signal, this.#onSignal)
    void this.#options.stop().then(die, die)
  }
}
