import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { GROUPS } from './groups.ts'
import type { JapaOptions } from './japa_runner.ts'

/* Changes the code of each group in small ways, and checks that its tests notice: `-- <group> …` for some groups. */

/** TypeScript, ESLint and Prettier leave it out. */
const FOLDER = '.data/mutation'

/** What no test reads. */
const NOT_COPIED = ['/.data', '/.build', '/build', '/docs', '/tmp', '/public']

/** Percent of the changes of a group that its tests have to notice. */
const ENOUGH = 90

/** Loops that a change made endless are found by their rounds. A busy machine is not to count as an endless loop. */
const PATIENCE_MS = 60_000

async function test(name: string) {
  const group = GROUPS[name]
  if (!group) throw new Error(`No group ${name}: ${Object.keys(GROUPS).join(', ')}`)
  console.log(`\n${name}`)
  const mutate = globSync(group.mutate)
  const options: ConstructorParameters<typeof Stryker>[0] & JapaOptions = {
    mutate,
    testRunner: 'japa',
    plugins: ['./tests/mutation/japa_runner.ts'],
    testRunnerNodeArgs: ['--import=@poppinss/ts-exec'],
    japa: {
      files: globSync(group.tests),
      folders: [...new Set(mutate.map((file) => dirname(file)))],
      hasDatabase: group.hasDatabase ?? false,
    },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    timeoutMS: PATIENCE_MS,
    tempDirName: `${FOLDER}/sandboxes`,
    ignorePatterns: NOT_COPIED,
    reporters: ['clear-text', 'json'],
    clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
    jsonReporter: { fileName: `${FOLDER}/${name}.json` },
    thresholds: { high: ENOUGH, low: ENOUGH, break: ENOUGH },

    logLevel: 'warn' as never,
  }
  await new Stryker(options).runMutationTest()
}

process.env.NODE_ENV = 'test'
const names = process.argv.slice(2)
for (const name of names.length > 0 ? names : Object.keys(GROUPS)) await test(name)
