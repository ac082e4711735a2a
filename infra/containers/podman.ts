import { execFile, type ExecFileException } from 'node:child_process'

const OUTPUT = { maxBuffer: 64 * 1024 * 1024 }

/** A command of podman failed; the message is its own. */
export class PodmanFailed extends Error {
  static readonly code = 'E_PODMAN_FAILED'
  readonly code = PodmanFailed.code
}

/**
 * Runs podman, with runc as in settings.sh, and resolves with its output. No daemon is involved.
 *
 * @throws PodmanFailed
 */
export async function podman(...words: string[]) {
  const { stdout } = await run(words)
  return stdout.trim()
}

/** Output and errors of a command, one after the other. @throws PodmanFailed */
export async function podmanSays(...words: string[]) {
  const { stdout, stderr } = await run(words)
  return stdout + stderr
}

/** Whether the command succeeds. */
export const podmanAgrees = (...words: string[]) =>
  podman(...words).then(
    () => true,
    () => false
  )

function run(words: string[]) {
  return new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
    const finish = (error: ExecFileException | null, stdout: string, stderr: string) => {
      if (!error) return resolve({ stdout, stderr })
      // Without the cause, which is the command line with all variables, and passwords among them.
      reject(new PodmanFailed(`podman ${words[0]}: ${stderr.trim() || error.code}`))
    }
    execFile('podman', ['--runtime', 'runc', ...words], OUTPUT, finish)
  })
}
