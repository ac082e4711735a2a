import app from '@adonisjs/core/services/app'

/* Apart from `config/database.ts`, which must not be read before the database is there. All in milliseconds. */

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const isServer = app.getEnvironment() === 'web'

/**
 * For a statement of a page, as the client counts. The tests share their processors with the servers that they
 * start, so that a page of theirs may be slow.
 */
export const pageDeadline = app.inTest ? 10 * SECOND : 1.7 * SECOND

/** For an import or an export. */
export const listDeadline = 30 * SECOND

/** By the server; for one that does not answer any more, the client counts as well, a little longer. */
export const statementDeadline = isServer ? 30 * SECOND : HOUR

/** For work that takes its time, such as a migration. */
export const longDeadline = HOUR

/** For a connection to be made, and for one of the pool to be free. */
export const connectTimeout = isServer ? SECOND : 10 * SECOND
export const acquireTimeout = isServer ? pageDeadline : 60 * SECOND
