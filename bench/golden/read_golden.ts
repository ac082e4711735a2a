import { readdirSync, readFileSync } from 'node:fs'
import { PRODUCTS } from '#database/demo/catalogue'

/** A query with graded products, 1 to 3; all others are irrelevant. */
export interface Judged {
  q: string
  /** Written before any tuning, and not used for tuning. */
  heldOut: boolean
  grades: Map<string, number>
}

const GRADES = [3, 2, 1]

const LANGUAGES = new URL('languages/', import.meta.url)

/** The queries of `queries.txt`. @throws Error for an invalid line */
export function readGolden(
  text = readFileSync(new URL('queries.txt', import.meta.url), 'utf8'),
  judged: Judged[] = []
) {
  const blocks = text
    .replace(/^#.*$/gm, '')
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
  return blocks.filter((lines) => lines.length > 0).flatMap((lines) => readBlock(lines, judged))
}

/** The queries in India's other languages, by language code; `= aata` takes the grades of `aata`. */
export function readGoldenLanguages(): Map<string, Judged[]> {
  const judged = readGolden()
  const files = readdirSync(LANGUAGES).sort()
  return new Map(
    files.map((file) => {
      const text = readFileSync(new URL(file, LANGUAGES), 'utf8')
      return [file.replace('.txt', ''), readGolden(text, judged)]
    })
  )
}

function readBlock(lines: string[], judged: Judged[]): Judged[] {
  const of = (mark: string) => {
    return lines
      .filter((line) => line.startsWith(`${mark} `))
      .flatMap((line) => line.slice(2).split(';'))
      .map((part) => part.trim())
  }
  const unknown = lines.find((line) => !/^[?!321=] \S/.test(line))
  if (unknown) throw new Error(`Not a line of queries or products: ${unknown}`)
  const grades = new Map(of('=').flatMap((q) => [...gradesOf(q, judged)]))
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

function gradesOf(q: string, judged: Judged[]) {
  const same = judged.find((other) => other.q === q)
  if (!same) throw new Error(`No query is called ${q}`)
  return same.grades
}

/** Catalogue names that match a pattern. */
function namesLike(pattern: string): string[] {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const wanted = new RegExp(`^${parts.join('.*')}$`)
  const names = PRODUCTS.map(({ name }) => name).filter((name) => wanted.test(name))
  if (names.length === 0) throw new Error(`Nothing in the catalogue is called ${pattern}`)
  return names
}
