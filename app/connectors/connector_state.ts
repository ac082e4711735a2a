import type { ConnectStatus } from '#connectors/connect_client'

/** How a connector is, with what is wrong in the words of its trace. */
export interface ConnectorState {
  name: string
  /** Connect's word for the worst of connector and tasks, or `MISSING`. */
  state: string
  tasks: number
  problem: string | null
}

/** From bad to good; any other word of Connect's is a step on the way up. */
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

/** A connector without a task does nothing yet, whatever it says of itself. */
function worst(states: string[]) {
  const bad = WORST_FIRST.find((state) => states.includes(state))
  return (
    bad ??
    states.find((state) => state !== 'RUNNING') ??
    (states.length > 1 ? 'RUNNING' : 'STARTING')
  )
}

/** The first line of a Java trace and its last cause: what happened, and why. */
export function summary(trace: string) {
  const lines = trace.split('\n').map((line) => line.trim())
  const cause = lines.findLast((line) => line.startsWith('Caused by: '))
  return [lines[0] || 'no trace was given', cause].filter(Boolean).join(' ')
}
