type InSpan = <T>(name: string, work: () => Promise<T>) => Promise<T>

let run: InSpan = (_, work) => work()

/** Runs `work` in a span of the current request's trace. While tracing is off, it only runs it. */
export const inSpan: InSpan = (name, work) => run(name, work)

/** Called once, when tracing starts. */
export function makeSpansWith(start: InSpan) {
  run = start
}
