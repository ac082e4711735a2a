import { dirname } from 'node:path'
import { Builds } from './builds.ts'

/**
 * `node infra/compiled/main.ts [pid]` prints the folder with the build of these sources, for the process that is
 * going to run it and waits for it.
 */
const pid = Number(process.argv[2])
const builds = new Builds(dirname(dirname(import.meta.dirname)), (line) =>
  console.error(`› ${line}`)
)

/** Ends with that process: what was written of a build does not count. */
if (pid === process.ppid) setInterval(() => process.ppid === pid || process.exit(1), 100).unref()

try {
  console.log(await builds.fitting(pid))
} catch (error: any) {
  console.error(error.code ? error.message : error)
  console.error('› The application was not compiled; earlier builds are as they were')
  process.exitCode = 1
}
