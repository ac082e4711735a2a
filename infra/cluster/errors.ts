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
