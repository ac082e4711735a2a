import {
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs'
import type { Runner } from './runner.ts'

const MAXIMUM_BYTES = 8 * 1024 * 1024
const TAIL_BYTES = 16 * 1024

/** A server's log file, with one older file (`….log.1`). */
export class ServerLog {
  readonly path: string
  readonly #runner: Pick<Runner, 'claim'>
  #mark = 0

  constructor(runner: Pick<Runner, 'claim'>, path: string) {
    this.#runner = runner
    this.path = path
  }

  /** File descriptor for a server about to start; close it afterwards. */
  open() {
    this.rotate()
    const descriptor = openSync(this.path, 'a', 0o600)
    this.#runner.claim(this.path)
    this.#mark = fstatSync(descriptor).size
    return descriptor
  }

  /** Rotates a large file by copying: the server keeps writing to the same file. */
  rotate(maximumBytes = MAXIMUM_BYTES) {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0
    if (size <= maximumBytes) return
    copyFileSync(this.path, `${this.path}.1`)
    this.#runner.claim(`${this.path}.1`)
    truncateSync(this.path)
    this.#mark = 0
  }

  /** Output since the last start, at most the last 16 KiB. */
  tail() {
    const descriptor = openSync(this.path, 'r')
    try {
      const { size } = fstatSync(descriptor)
      const start = Math.max(this.#mark, size - TAIL_BYTES)
      const buffer = Buffer.alloc(Math.max(0, size - start))
      return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, start))
    } finally {
      closeSync(descriptor)
    }
  }

  /** Why the server exited: its last fatal message, otherwise the last line. */
  lastError() {
    const lines = this.tail().trim().split('\n')
    const fatal = lines.findLast((line) => /\b(FATAL|PANIC): /.test(line))
    return (fatal ?? lines.at(-1) ?? '').replace(/^.*?\b(FATAL|PANIC): +/, '')
  }
}
