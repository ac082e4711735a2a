import { Exception } from '@adonisjs/core/exceptions'

/** Outcome of the request: nothing had to be saved, unknown, or saved. */
export type Fate = 'untouched' | 'unknown' | 'saved'

const MESSAGES: Record<Fate, string> = {
  untouched: 'The database is not responding; try again in a few seconds',
  unknown: 'The database failed during the request; check whether it was saved before you retry',
  saved: 'It was saved, but something failed after that; do not retry',
}

/** The database or another store failed: a server error. */
export class DatabaseFailed extends Exception {
  static code = 'E_DATABASE_FAILED'
  static status = 503

  constructor(
    readonly fate: Fate,
    cause: unknown
  ) {
    super(MESSAGES[fate], { cause })
  }
}
