const startedAt = performance.now()

/** Prints a line with the seconds since this process started. */
export function say(line: string) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.error(`${seconds.padStart(6)} s  ${line}`)
}
