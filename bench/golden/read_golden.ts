import { readFileSync } from 'node:fs'
import { PRODUCTS } from '#database/demo/catalogue'

/** A query with graded products, 1 to 3; all others are irrelevant. */
export interface Judged {
  q: string
  /** Written before any tuning, and not used for tuning. */
  heldOut: boolean
  grades: Map<string, number>
}

const GRADES = [3, 2, 1]

/** The queries of `queries.txt`. @throws Error for an invalid line */
export function readGolden(text = readFileSync(new URL('queries.txt', import.meta.url), 'utf8')) {
  const blocks = text
    .replace(/^#.*$/gm, '')
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
  return blocks.filter((lines) => lines.length > 0).flatMap(readBlock)
}

function readBlock(lines: string[]): Judged[] {
  const of = (mark: string) => {
    return lines
      .filter((line) => line.startsWith(`${mark} `))
      .flatMap((line) => line.slice(2).split(';'))
      .map((part) => part.trim())
  }
  const unknown = lines.find((line) => !/^[?!321] \S/.test(line))
  if (unknown) throw new Error(`Not a line of queries or products: ${unknown}`)
  const grades = new Map<string, number>()
  for (const grade of GRADES) {
    for (const name of of(String(grade)).flatMap(namesLike)) {
      if (!grades.has(name)) grades.set(name, grade)
    }
  }
  return [
    ...of('?').map((q) => ({ q, heldOut: false, grades })),
    ...of('!').map((q) => ({ q, heldOut: true, grades })),
  ]
}

/** Catalogue names that match a pattern. */
function namesLike(pattern: string): string[] {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const wanted = new RegExp(`^${parts.join('.*')}$`)
  const names = PRODUCTS.map(({ name }) => name).filter((name) => wanted.test(name))
  if (names.length === 0) throw new Error(`Nothing in the catalogue is called ${pattern}`)
  return names
}
