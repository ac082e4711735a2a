import { LRUCache } from 'lru-cache'
import { isAway } from '#replication/database_away'

const EVERY = 10_000
/** With more kinds than this it is not repetition. */
const MOST_KINDS = 100

type Line = [fields?: unknown, message?: unknown, ...rest: unknown[]]

/**
 * Limits log lines about an unavailable dependency to one per ten seconds and kind, with the number suppressed, so
 * that an hour without the database does not fill the disk.
 */
export class QuietLog {
  #seen = new LRUCache<string, { at: number; leftOut: number }>({ max: MOST_KINDS })

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
    this.#seen.set(kind, { at: this.now(), leftOut: 0 })
    return last?.leftOut ? withCount(line, last.leftOut) : line
  }
}

/** The kind of line, null when it is not about an outage. Ports, positions and stacks are ignored. */
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
