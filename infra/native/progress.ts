const startedAt = performance.now()

/** Says one line, with the seconds since the start of this process before it. */
export function say(line: string) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.error(`${seconds.padStart(6)} s  ${line}`)
}
