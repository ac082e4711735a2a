import type { Destination } from '#security/security_log'

/** Where the container keeps what is said. The answer of a command is for who asked, so it says the rest apart. */
export function outputOf(environment: string): Destination {
  const stream = environment === 'web' ? process.stdout : process.stderr
  return {
    append: (line) =>
      new Promise((resolve, reject) => {
        stream.write(line, (error) => (error ? reject(error) : resolve()))
      }),
  }
}
