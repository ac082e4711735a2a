import type { Destination } from '#security/security_log'

/** Destination for log lines in containers: stderr for commands, whose stdout is their result. */
export function outputOf(environment: string): Destination {
  const stream = environment === 'web' ? process.stdout : process.stderr
  return {
    append: (line) =>
      new Promise((resolve, reject) => {
        stream.write(line, (error) => (error ? reject(error) : resolve()))
      }),
  }
}
