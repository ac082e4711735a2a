import { prettyPrintError } from '@adonisjs/core'
import { releaseDatabase } from '#infra/database'
import { ending } from '#infra/ending'

const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', '28P01', '3D000']

/** Prints the error, in one line where the user can fix the cause, and exits with code 1. */
export async function fail(
  error: NodeJS.ErrnoException & { port?: number; help?: string; hasSaidWhy?: boolean }
) {
  /** Errors caused by shutting down are not reported. */
  if (ending.aborted) return
  process.exitCode = 1
  if (error.code === 'EADDRINUSE') {
    console.error(`Port ${error.port} is taken: stop what uses it, or choose another with PORT=…`)
  } else if (error.code === 'EACCES' && error.syscall === 'listen') {
    console.error(`Port ${error.port} needs more rights: choose one above 1023 with PORT=…`)
  } else if (error.code === 'E_WORKER_NOT_STARTED' && error.hasSaidWhy) {
    // The worker has printed it.
  } else if (UNREACHABLE.includes(error.code ?? '')) {
    console.error(
      `The database does not answer (${error.message || error.code}): check DATABASE_URL`
    )
  } else if (error.code?.startsWith('E_')) {
    console.error(oneLine(error))
  } else {
    await prettyPrintError(error)
  }
  await releaseDatabase()
  process.exit()
}

/** The message with the environment variables concerned. */
function oneLine({ message, help }: { message: string; help?: string }) {
  return help ? `${message}: ${help.replace(/^\s*- /gm, '').replace(/\s*\n\s*/g, '; ')}` : message
}
