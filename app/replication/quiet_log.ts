import { isAway } from '#replication/database_away'

const EVERY = 10_000
/** More kinds than that are no repetition. */
const MOST_KINDS = 100

type Line = [fields?: unknown, message?: unknown, ...rest: unknown[]]

/**
 * Lets a line about a dependency that is away through once in ten seconds, with how many were left out since, or
 * an hour without the database fills the disk with one sentence.
 */
export class QuietLog {
  #seen = new Map<string, { at: number; leftOut: number }>()

  constructor(private now = () => performance.now()) {}

  /** The line to write, or null. */
  pass(line: Line): Line | null {
    const kind = kindOf(line)
    if (!kind) return line
    const last = this.#seen.get(kind)
    if (last && this.now() - last.at < EVERY) {
      last.leftOut++
      return null
    }
    if (this.#seen.size >= MOST_KINDS) this.#seen.clear()
    this.#seen.set(kind, { at: this.now(), leftOut: 0 })
    return last?.leftOut ? withCount(line, last.leftOut) : line
  }
}

/** Null for a line of another kind. Ports, positions and stacks differ from line to line. */
function kindOf([fields, message]: Line) {
  const text = typeof fields === 'string' ? fields : String(message ?? '')
  const error = typeof fields === 'object' && fields !== null && 'err' in fields ? fields.err : null
  if (error ? !isAway(error) : !/^(Acquire c|C)onnection [Ee]rror: /.test(text)) return null
  const { code } = (error ?? {}) as { code?: string }
  return `${code} ${text.split('\n')[0].replace(/\d+/g, '0')}`
}

function withCount([fields, message, ...rest]: Line, leftOut: number): Line {
  if (typeof fields === 'string') return [{ leftOut }, fields]
  return [{ ...(fields as object), leftOut }, message, ...rest]
}
