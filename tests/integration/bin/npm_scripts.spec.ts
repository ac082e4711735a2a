import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { leavesNothing } from '#tests/helpers/leaves_nothing'

/** All ways to run it and to end it are in `npm run test:processes`; these two are the short form. */
test.group('Signals | the short form', (group) => {
  const directory = mkdtempSync(join(tmpdir(), 'kirana-signals-'))
  group.teardown(() => rmSync(directory, { recursive: true, force: true }))

  leavesNothing(
    {
      ...{ words: ['run', 'dev'], signal: 'SIGTERM', receiver: 'npm' },
      moment: 'while the database starts',
    },
    directory
  )
  leavesNothing(
    { words: ['start'], signal: 'SIGHUP', receiver: 'npm', moment: 'as soon as it is open' },
    directory
  )
})
