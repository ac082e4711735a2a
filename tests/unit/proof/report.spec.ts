import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { Tally, STALENESS } from '#tests/proof/history/tally'
import { boundOf } from '#tests/proof/report/bound'
import { chartOf } from '#tests/proof/report/chart'
import { writePage } from '#tests/proof/report/page'
import { append, readPieces, sumOf } from '#tests/proof/report/runs'
import { textOf } from '#tests/proof/report/text'
import { violationsOf, type Counted, type Piece } from '#tests/proof/piece'

function counted(values: Partial<Counted> = {}): Counted {
  const staleness = new Tally().staleness.with(0, 900).with(3, 100)
  return {
    ...{ reads: 1_000, json: 400, html: 600, values: 9_000, inWake: 10, refused: 1, unanswered: 2 },
    ...{ ownWritesMissing: 0, wentBack: 0, invented: 0, differing: 0, longestStaleness: 5 },
    staleness,
    ...values,
  }
}

function piece(values: Partial<Piece> = {}): Piece {
  return {
    ...{
      date: '2026-11-29T18:00:00.000Z',
      commit: 'abc1234',
      seed: 1,
      on: 'embedded',
      seconds: 60,
    },
    ours: counted(),
    usual: counted({ reads: 100, ownWritesMissing: 7, longestStaleness: 59_000 }),
    readsInFaults: 300,
    faults: { 'replica restarted': { times: 2, reads: 250 } },
    ...{ rounds: 1, priceChanges: 20, orders: 5, orderProblems: 0, calls: 30, contradictions: 0 },
    excerpts: [],
    ...values,
  }
}

test.group('The bound', () => {
  test('is three in so many reads, where none was wrong', ({ assert }) => {
    assert.equal(boundOf(3_000_000, 0), 1e-6)
    // The chance to see none in n reads, if the share were as high as the bound, is 5 %.
    assert.approximately((1 - boundOf(1_000_000, 0)!) ** 1_000_000, 0.05, 0.001)
  })

  test('is not there where one was wrong, or nothing was read', ({ assert }) => {
    assert.isNull(boundOf(3_000_000, 1))
    assert.isNull(boundOf(0, 0))
  })
})

test.group('Pieces', (group) => {
  let directory: string

  group.each.setup(() => {
    directory = mkdtempSync(join(tmpdir(), 'proof-'))
    return () => rmSync(directory, { recursive: true, force: true })
  })

  test('are lines, and add up', ({ assert }) => {
    const file = join(directory, 'proof/runs.jsonl')
    append(file, piece())
    append(
      file,
      piece({
        ours: counted({ longestStaleness: 9 }),
        faults: { 'feed cut': { times: 1, reads: 5 } },
      })
    )
    const sum = sumOf(readPieces(file))
    assert.equal(sum.ours.reads, 2_000)
    assert.equal(sum.ours.longestStaleness, 9)
    assert.equal(sum.ours.staleness[3], 200)
    assert.equal(sum.faultCount, 3)
    assert.equal(sum.seconds, 120)
    assert.equal(sum.violations, 0)
  })

  test('every kind of violation counts', ({ assert }) => {
    for (const kind of ['ownWritesMissing', 'wentBack', 'invented', 'differing'] as const) {
      assert.equal(violationsOf(piece({ ours: counted({ [kind]: 2 }) })), 2, kind)
    }
    assert.equal(violationsOf(piece({ orderProblems: 1, contradictions: 1 })), 2)
  })

  test('become the figures of a page, with what the bound takes for granted', async ({
    assert,
  }) => {
    const [page, runs] = [join(directory, 'proof.md'), join(directory, 'runs.jsonl')]
    writeFileSync(
      page,
      '# Proof\n\n<!-- figures: written by `npm run proof -- --report` -->\n\nold\n\n<!-- end of the figures -->\n\nAfter.\n'
    )
    for (const one of [piece(), piece({ on: 'stack' })]) append(runs, one)
    await writePage(page, runs)
    const text = readFileSync(page, 'utf8')
    assert.match(text, /0 violations in 2,000 reads/)
    assert.match(text, /independent/)
    assert.match(text, /The aim is 30,000,000 reads; these are 2,000/)
    assert.match(text, /\| replica restarted +\| +2 \| +250 \|/)
    assert.match(text, /### On the stack/)
    assert.notInclude(text, 'old\n\n')
    assert.isTrue(text.endsWith('After.\n'))
    const once = text
    await writePage(page, runs)
    assert.equal(readFileSync(page, 'utf8'), once)
    assert.include(readFileSync(join(directory, 'staleness.svg'), 'utf8'), '<svg')
  })

  test('a page without a place for figures is left alone', async ({ assert }) => {
    const [page, runs] = [join(directory, 'proof.md'), join(directory, 'runs.jsonl')]
    writeFileSync(page, '# Proof\n')
    await assert.rejects(() => writePage(page, runs), /has no piece yet/)
    append(runs, piece())
    await assert.rejects(() => writePage(page, runs), /no place for figures/)
  })

  test('the text names violations instead of a bound', ({ assert }) => {
    assert.include(
      textOf(sumOf([piece({ ours: counted({ wentBack: 2 }) })])),
      '2 violations in 1,000 reads.'
    )
  })
})

test.group('The chart', () => {
  test('says in words what it shows, and has one bar for each column that has reads', ({
    assert,
  }) => {
    const { staleness } = counted()
    const svg = chartOf([{ name: 'ours', className: 'ours', reads: 1_000, staleness }])
    assert.match(svg, /role="img" aria-labelledby="title description"/)
    assert.match(
      svg,
      /ours: 90.00 % of reads had the newest values, the oldest were in column “5 ms”\./
    )
    assert.lengthOf(svg.match(/<rect class="ours" [^>]+><title>/g)!, 2)
    assert.match(svg, /prefers-color-scheme: dark/)
    assert.equal(staleness.length, STALENESS.length + 1)
  })
})
