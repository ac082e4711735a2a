/** One call, from the moment it was sent until its answer was there. */
export interface Call<Operation> {
  invoked: number
  returned: number
  operation: Operation
  /** Nobody knows whether it had its effect. */
  isUnknown?: boolean
}

/** Calls that no order explains, and the states that were possible before them. */
export interface Contradiction<Operation, State> {
  calls: Call<Operation>[]
  states: State[]
}

/** The state after an operation; null where it cannot have had this outcome. */
export type Step<Operation, State> = (state: State, operation: Operation) => State | null

/**
 * Whether the calls could have taken effect one by one, each between its invocation and its return (Herlihy and Wing 1990),
 * found by the search of Wing and Gong (1993) that remembers where it has been (Lowe 2017). The history is cut where
 * nothing was under way, with all states that are possible there.
 *
 * @param initial state before the first
 * @param step must treat equal states alike; states are compared with `===`
 * @returns null, or the first part of the history that cannot be explained
 */
export function contradictionIn<Operation, State extends string | number>(
  calls: Call<Operation>[],
  initial: State,
  step: Step<Operation, State>
): Contradiction<Operation, State> | null {
  let states = [initial]
  for (const part of partsOf(calls)) {
    const after = new Set<State>()
    for (const state of states) explore(part, state, step, after)
    if (after.size === 0) return { calls: part, states }
    states = [...after]
  }
  return null
}

function* partsOf<Operation>(calls: Call<Operation>[]) {
  const inOrder = calls.toSorted((one, other) => one.invoked - other.invoked)
  let part: Call<Operation>[] = []
  let end = Number.NEGATIVE_INFINITY
  for (const call of inOrder) {
    if (part.length > 0 && call.invoked > end) {
      yield part
      part = []
    }
    part.push(call)
    end = Math.max(end, call.returned)
  }
  if (part.length > 0) yield part
}

/** Where a search is: all calls before `first` are done, and of those from there on the ones whose bit is set. */
interface Place<State> {
  first: number
  done: bigint
  state: State
}

/** Adds every state that can be reached once all calls are done. @param calls in the order of their invocations */
function explore<Operation, State extends string | number>(
  calls: Call<Operation>[],
  from: State,
  step: Step<Operation, State>,
  reached: Set<State>
) {
  const been = new Set<string>()
  const rest: Place<State>[] = [{ first: 0, done: 0n, state: from }]
  for (let place = rest.pop(); place; place = rest.pop()) {
    const { first, done, state } = place
    const key = `${first} ${done} ${state}`
    if (been.has(key)) continue
    been.add(key)
    if (first === calls.length) {
      reached.add(state)
      continue
    }
    for (const index of nextOf(calls, place)) {
      const { isUnknown, operation } = calls[index]
      const at = advance(first, done | (1n << BigInt(index - first)))
      const after = step(state, operation)
      if (after !== null) rest.push({ ...at, state: after })
      if (isUnknown) rest.push({ ...at, state })
    }
  }
}

/** The calls that may be next: none can come after one that had returned before it began. */
function nextOf<Operation>(calls: Call<Operation>[], { first, done }: Place<unknown>) {
  const open: number[] = []
  let end = Number.POSITIVE_INFINITY
  for (let index = first; index < calls.length && calls[index].invoked <= end; index++) {
    if ((done >> BigInt(index - first)) & 1n) continue
    open.push(index)
    end = Math.min(end, calls[index].returned)
  }
  return open.filter((index) => calls[index].invoked <= end)
}

function advance(first: number, done: bigint) {
  while (done & 1n) [first, done] = [first + 1, done >> 1n]
  return { first, done }
}
