/** The first worker ended before it served. */
export class WorkerNotStarted extends Error {
  code = 'E_WORKER_NOT_STARTED'

  constructor(
    reason: string,
    readonly hasSaidWhy: boolean
  ) {
    super(`The server could not start: its process ended (${reason})`)
  }
}

export class CrewLost extends Error {
  code = 'E_CREW_LOST'

  constructor() {
    super('The server ends: its processes end again and again, and none serves')
  }
}

/** Each process has connections of its own. */
export class TooManyProcesses extends Error {
  code = 'E_TOO_MANY_PROCESSES'

  constructor(wanted: number, most: number) {
    super(
      `WEB_CONCURRENCY=${wanted} is more than the embedded database has connections for: choose at most ${most}, or set DATABASE_URL to a PostgreSQL server of your own`
    )
  }
}
