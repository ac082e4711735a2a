import type { Judged } from './read_golden.js'

/** Relevance of an engine's results. */
export interface Relevance {
  queries: number
  /** Mean nDCG@10, at most 1. */
  ndcg: number
  /** Share of zero-result queries. */
  zero: number
}

const FIRST = 10

/** nDCG@10 of product names in order: 1 for the ideal order. */
export function ndcgOf(names: string[], grades: Map<string, number>): number {
  const ideal = [...grades.values()].sort((a, b) => b - a)
  const given = [...new Set(names)].map((name) => grades.get(name) ?? 0)
  return gainOf(given) / gainOf(ideal)
}

export function relevanceOf(answers: { judged: Judged; names: string[] }[]): Relevance {
  const sum = answers.reduce((total, { judged, names }) => total + ndcgOf(names, judged.grades), 0)
  const zero = answers.filter(({ names }) => names.length === 0).length
  return { queries: answers.length, ndcg: sum / answers.length, zero: zero / answers.length }
}

function gainOf(grades: number[]): number {
  return grades.slice(0, FIRST).reduce((gain, grade, at) => {
    return gain + (2 ** grade - 1) / Math.log2(at + 2)
  }, 0)
}
