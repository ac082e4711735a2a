import { prettyPrintError } from '@adonisjs/core'
import { releaseDatabase } from '#infra/database'

/** What went wrong, in one line for what the person at the terminal can mend, and exit code 1. */
export async function fail(error: NodeJS.ErrnoException & { port?: number }) {
  process.exitCode = 1
  if (error.code === 'EADDRINUSE') {
    console.error(`Port ${error.port} is taken: stop what uses it, or choose another with PORT=…`)
  } else if (error.code === 'EACCES' && error.syscall === 'listen') {
    console.error(`Port ${error.port} needs more rights: choose one above 1023 with PORT=…`)
  } else if (error.code?.startsWith('E_')) {
    console.error(error.message)
  } else {
    await prettyPrintError(error)
  }
  await releaseDatabase()
  process.exit()
}
