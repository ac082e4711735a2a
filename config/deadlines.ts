import app from '@adonisjs/core/services/app'

/* Separate from `config/database.ts`, which must not be loaded before the database is available. In milliseconds. */

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const isServer = app.getEnvironment() === 'web'

/** Client-side statement timeout for pages. Longer in tests, which share their CPUs with the servers under test. */
export const pageDeadline = app.inTest ? 10 * SECOND : 1.7 * SECOND

/** For imports and exports. */
export const listDeadline = 30 * SECOND

/** Server-side statement timeout; the client waits slightly longer, in case the server stops responding. */
export const statementDeadline = isServer ? 30 * SECOND : HOUR

/** For long-running work such as migrations. */
export const longDeadline = HOUR

/** For opening a connection, and for waiting for a free one in the pool. */
export const connectTimeout = isServer ? SECOND : 10 * SECOND
export const acquireTimeout = isServer ? pageDeadline : 60 * SECOND
