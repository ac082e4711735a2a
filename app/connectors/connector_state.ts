import type { ConnectStatus } from '#connectors/connect_client'

/** State of a connector, with the error from its trace. */
export interface ConnectorState {
  name: string
  /** The worst state of the connector and its tasks, or `MISSING`. */
  state: string
  tasks: number
  problem: string | null
}

/** States not listed are transitional. */
const WORST_FIRST = ['FAILED', 'DESTROYED', 'STOPPED', 'PAUSED']

export function connectorState(name: string, status: ConnectStatus | null): ConnectorState {
  if (!status) return { name, state: 'MISSING', tasks: 0, problem: 'it is not registered' }
  const parts = [status.connector, ...status.tasks]
  const failed = parts.find(({ state }) => state === 'FAILED')
  return {
    name,
    state: worst(parts.map(({ state }) => state)),
    tasks: status.tasks.length,
    problem: failed ? summary(failed.trace ?? '') : null,
  }
}

export const isRunning = ({ state }: ConnectorState) => state === 'RUNNING'

/** A connector without tasks does nothing yet, even if it says RUNNING. */
function worst(states: string[]) {
  const bad = WORST_FIRST.find((state) => states.includes(state))
  return (
    bad ??
    states.find((state) => state !== 'RUNNING') ??
    (states.length > 1 ? 'RUNNING' : 'STARTING')
  )
}

/** The first line of a Java stack trace and its root cause. */
export function summary(trace: string) {
  const lines = trace.split('\n').map((line) => line.trim())
  const cause = lines.findLast((line) => line.startsWith('Caused by: '))
  return [lines[0] || 'no trace was given', cause].filter(Boolean).join(' ')
}
