import { mkdir, open } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import pLimit from 'p-limit'
import { BuildFailed } from './errors.ts'
import type { Source } from './sources.ts'

/** Files that are open at a time. */
const AT_ONCE = 32

/**
 * Writes the application to `target`, with JavaScript instead of TypeScript. When it resolves, all of it is on the
 * disk: a power cut leaves no empty files.
 *
 * @throws BuildFailed
 */
export async function compile(sources: Source[], root: string, target: string) {
  const { transpile } = await import('./transpile.ts')
  const limit = pLimit(AT_ONCE)

  async function build({ name, bytes }: Source) {
    const place = join(target, name.replace(/\.ts$/, '.js'))
    await mkdir(dirname(place), { recursive: true })
    if (!name.endsWith('.ts')) return write(place, bytes)
    const source = relative(dirname(place), join(root, name))
    const { code, map } = await transpile(name, source, bytes.toString())
    await write(place, `${code}//# sourceMappingURL=${place.split('/').at(-1)}.map\n`)
    await write(`${place}.map`, map)
  }

  const results = await Promise.allSettled(sources.map((source) => limit(build, source)))
  const failures = results.filter((result) => result.status === 'rejected')
  if (failures.length > 0) throw new BuildFailed(failures.map(({ reason }) => reason))
}

async function write(path: string, content: string | Buffer) {
  const file = await open(path, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}
