import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FaultCount } from '../faults.js'
import { violationsOf, type Counted, type Piece } from '../piece.js'

/** Appends a piece as a line of JSON. */
export function append(file: string, piece: Piece) {
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(piece)}\n`)
}

export function readPieces(file: string): Piece[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Piece)
}

/** What several pieces have counted, as one. */
export interface Sum {
  pieces: number
  seconds: number
  ours: Counted
  usual: Counted
  readsInFaults: number
  faults: Map<string, FaultCount>
  faultCount: number
  rounds: number
  priceChanges: number
  orders: number
  calls: number
  orderProblems: number
  contradictions: number
  violations: number
}

export function sumOf(pieces: Piece[]): Sum {
  const total = (value: (piece: Piece) => number) =>
    pieces.reduce((sum, piece) => sum + value(piece), 0)
  const faults = new Map<string, FaultCount>()
  for (const piece of pieces) {
    for (const [name, { times, reads }] of Object.entries(piece.faults)) {
      const before = faults.get(name) ?? { times: 0, reads: 0 }
      faults.set(name, { times: before.times + times, reads: before.reads + reads })
    }
  }
  return {
    pieces: pieces.length,
    seconds: total(({ seconds }) => seconds),
    ours: sumOfCounted(pieces.map(({ ours }) => ours)),
    usual: sumOfCounted(pieces.map(({ usual }) => usual)),
    readsInFaults: total(({ readsInFaults }) => readsInFaults),
    faults,
    faultCount: [...faults.values()].reduce((sum, { times }) => sum + times, 0),
    rounds: total(({ rounds }) => rounds),
    priceChanges: total(({ priceChanges }) => priceChanges),
    orders: total(({ orders }) => orders),
    calls: total(({ calls }) => calls),
    orderProblems: total(({ orderProblems }) => orderProblems),
    contradictions: total(({ contradictions }) => contradictions),
    violations: total(violationsOf),
  }
}

/** Numbers are added, lists item by item; of the longest staleness the longest counts. */
function sumOfCounted(all: Counted[]): Counted {
  const [first, ...rest] = all
  const sum: any = structuredClone(first)
  for (const one of rest as any[]) {
    for (const key of Object.keys(sum)) {
      if (key === 'longestStaleness') sum[key] = Math.max(sum[key], one[key])
      else if (Array.isArray(sum[key])) {
        sum[key] = sum[key].map((value: number, index: number) => value + one[key][index])
      } else sum[key] += one[key]
    }
  }
  return sum
}
