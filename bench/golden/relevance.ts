import type { Judged } from './read_golden.js'

/** How good the answers of an engine are. */
export interface Relevance {
  queries: number
  /** Of 1, on average: whether the first ten are the best ten, in order. */
  ndcg: number
  /** The share of queries that found nothing. */
  zero: number
}

const FIRST = 10

/** The measure of one answer, the names of products in order: 1 when none could be better. */
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
