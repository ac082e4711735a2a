import { dirname } from 'node:path'
import { Builds } from './builds.ts'

/**
 * `node infra/compiled/main.ts [pid]` prints the folder with the build of these sources, for the process that is
 * going to run it.
 */
const root = dirname(dirname(import.meta.dirname))
const builds = new Builds(root, (line) => console.error(`› ${line}`))

try {
  console.log(await builds.fitting(Number(process.argv[2])))
} catch (error: any) {
  console.error(error.code ? error.message : error)
  console.error('› The application was not compiled; earlier builds are as they were')
  process.exitCode = 1
}
