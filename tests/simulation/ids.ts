import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

let count = 0

/** What every module of this process takes for random ids are numbers from now on. */
export function replaceIds() {
  const next = () =>
    `${(++count).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000` as const
  Object.assign(crypto, { randomUUID: next })
  syncBuiltinESMExports()
}
