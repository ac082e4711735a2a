import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { readPieces } from '#tests/proof/report/runs'
import { violationsOf } from '#tests/proof/piece'
import { eventually } from '#tests/helpers/eventually'

const LONG = 400_000
/** A line of progress with the first orders and faults, however slow the machine. */
const WRITTEN_AND_BROKEN = /^\d+ s: .+ [1-9]\d* orders, [1-9]\d* faults/m

/** `npm run proof` runs for minutes and hours. */
test.group('The proof', (group) => {
  let directory: string
  let child: ChildProcess
  let output = ''

  group.each.timeout(LONG + 60_000)
  group.each.skip(process.platform !== 'linux', 'it stops processes of PostgreSQL')
  group.each.setup(() => {
    directory = mkdtempSync(join(tmpdir(), 'proof-spec-'))
    return () => {
      child.kill('SIGTERM')
      rmSync(directory, { recursive: true, force: true })
    }
  })

  function proof(...flags: string[]) {
    output = ''
    const words = ['--import=@poppinss/ts-exec', 'tests/proof/run.ts', ...flags]
    child = spawn(process.execPath, words, { cwd: app.makePath(), detached: true })
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text) => (output += text))
    }
    return child
  }

  test('finds nothing wrong in a short piece, and reports what was done when it is ended', async ({
    assert,
  }) => {
    const out = join(directory, 'runs.jsonl')
    const run = proof('--minutes=10', '--seed=3', `--out=${out}`)
    const ended = once(run, 'exit')
    await eventually(() => assert.match(output, WRITTEN_AND_BROKEN), LONG)
    // As from a terminal: to all of its processes.
    process.kill(-run.pid!, 'SIGINT')
    const [code] = await ended
    assert.equal(code, 0, output)
    const [piece] = readPieces(out)
    assert.equal(violationsOf(piece), 0, output)
    assert.isAbove(piece.ours.html, 0)
    assert.isAbove(piece.ours.json, 0)
    assert.isAbove(piece.ours.values, piece.ours.reads)
    assert.isAbove(piece.usual.reads, 0)
    assert.isAbove(piece.calls, 0)
    assert.isAbove(piece.rounds, 0)
    assert.isAbove(Object.keys(piece.faults).length, 0)
    assert.match(output, /0 violations in [\d,]+ reads: with 95 %, fewer than 3\/[\d,]+ = /)
  })

  test('says what it can be told', async ({ assert }) => {
    const [code] = await once(proof('--help'), 'exit')
    assert.equal(code, 0)
    for (const flag of ['minutes', 'seed', 'stack', 'out', 'report']) {
      assert.include(output, `--${flag}`)
    }
    const [refused] = await once(proof('--minutes=soon'), 'exit')
    assert.equal(refused, 2)
    assert.include(output, '--minutes must be a number above 0, not "soon"')
  })
})
