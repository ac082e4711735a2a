import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { leavesNothing } from '#tests/helpers/leaves_nothing'

test.group('Signals', (group) => {
  const root = mkdtempSync(join(tmpdir(), 'kirana-signals-'))
  group.teardown(() => rmSync(root, { recursive: true, force: true }))

  for (const words of [['start'], ['run', 'dev']]) {
    const directory = join(root, words.at(-1)!)
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      for (const receiver of ['npm', 'node'] as const) {
        leavesNothing({ words, signal, receiver, moment: 'as soon as it is open' }, directory)
      }
    }
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      leavesNothing(
        { words, signal, receiver: 'npm', moment: 'while npm itself starts' },
        directory
      )
      leavesNothing(
        { words, signal, receiver: 'npm', moment: 'while the database starts' },
        directory
      )
    }
    for (const [signal, receiver] of [
      ['SIGTERM', 'npm'],
      ['SIGINT', 'npm'],
      ['SIGHUP', 'node'],
    ] as const) {
      leavesNothing({ words, signal, receiver, moment: 'with the primary frozen' }, directory)
    }
  }
})
