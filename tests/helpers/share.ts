import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PROJECT_ROOT } from '#infra/project_root'

/**
 * The part of the test files that `TEST_SHARE`, such as `1/2`, leaves to this process; a file's length is the guess of
 * how long its tests take. Without it all files.
 */
export function shareOf(patterns: string | string[], share = process.env.TEST_SHARE ?? '1/1') {
  const [mine, shares] = share.split('/').map(Number)
  const files = globSync(patterns, { cwd: PROJECT_ROOT })
    .map((name) => ({ name, size: statSync(join(PROJECT_ROOT, name)).size }))
    .toSorted((one, other) => other.size - one.size || one.name.localeCompare(other.name))
  const loads = Array<number>(shares).fill(0)
  return files
    .filter(({ size }) => {
      const least = loads.indexOf(Math.min(...loads))
      loads[least] += size
      return least === mine - 1
    })
    .map(({ name }) => name)
    .toSorted()
    .map((name) => pathToFileURL(join(PROJECT_ROOT, name)))
}
