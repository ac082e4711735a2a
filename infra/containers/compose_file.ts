import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { PROJECT_ROOT } from '../project_root.ts'

/** Order in which a service may start. */
export type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully'

/** How a service is found to be well. Durations as in the file, such as `2s`. */
export interface HealthCheck {
  test?: string[]
  disable?: boolean
  interval?: string
  timeout?: string
  retries?: number
  start_period?: string
}

/** A service of a Compose file, with the keys that this project uses. */
export interface Service {
  image: string
  build?: unknown
  entrypoint?: string[]
  command?: string[]
  dns_opt?: string[]
  environment?: Record<string, string | number>
  volumes?: string[]
  ports?: string[]
  depends_on?: Record<string, { condition: Condition }>
  healthcheck?: HealthCheck
  deploy?: { replicas: number }
  profiles?: string[]
  restart?: string
  stop_signal?: string
  shm_size?: string
  ulimits?: Record<string, number>
  read_only?: boolean
  cap_drop?: string[]
  cap_add?: string[]
  security_opt?: string[]
}

/** A Compose file, without its extensions. */
export interface Composition {
  name: string
  services: Record<string, Service>
  volumes: Record<string, unknown>
}

/** A variable that the file requires has no value. */
export class MissingVariable extends Error {
  static readonly code = 'E_MISSING_VARIABLE'
  readonly code = MissingVariable.code
}

/**
 * Reads Compose files of this project, each over those before it, as `docker compose --file one --file other`
 * does: mappings are merged, everything else is replaced.
 *
 * @param variables values for `${NAME}`, `${NAME:-default}` and `${NAME:?message}`
 * @throws MissingVariable
 */
export function readComposition(files: string[], variables: Record<string, string>): Composition {
  const documents = files.map((file) => {
    const text = readFileSync(join(PROJECT_ROOT, file), 'utf8')
    return parse(text, { merge: true })
  })
  return interpolate(documents.reduce(mergedWith), variables) as Composition
}

function mergedWith(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above
  const merged = { ...below }
  for (const [key, value] of Object.entries(above)) {
    merged[key] = key in below ? mergedWith(below[key], value) : value
  }
  return merged
}

function interpolate(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolated(value, variables)
  if (Array.isArray(value)) return value.map((item) => interpolate(item, variables))
  if (!isMapping(value)) return value
  const entries = Object.entries(value)
    .filter(([key]) => !key.startsWith('x-'))
    .map(([key, item]) => [key, interpolate(item, variables)])
  return Object.fromEntries(entries)
}

function interpolated(text: string, variables: Record<string, string>) {
  return text.replace(/\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g, (found, name, sign, word) => {
    if (found === '$$') return '$'
    if (variables[name]) return variables[name]
    if (sign === '?') throw new MissingVariable(`${name}: ${word}`)
    return sign === '-' ? word : ''
  })
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
