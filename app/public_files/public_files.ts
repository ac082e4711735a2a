import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ENCODINGS } from '#public_files/accepted_encoding'
import { PublicFile } from '#public_files/public_file'

interface Kept {
  file: PublicFile
  writtenAt: number
}

interface Options {
  /** Every file in it is public. */
  folder: string
  /** Further files by path, read when they are first asked for. */
  others?: Record<string, string>
  /** Whether files are looked at again each time, for development. */
  mayChange: boolean
}

/** The static files by their path. */
export class PublicFiles {
  #sources: Map<string, string>
  #kept = new Map<string, Kept>()

  constructor(private options: Options) {
    this.#sources = this.#list()
  }

  /** Null when there is no such file. */
  at(path: string): PublicFile | null {
    const { mayChange } = this.options
    const kept = this.#kept.get(path)
    if (kept && !mayChange) return kept.file
    if (mayChange) this.#sources = this.#list()
    const source = this.#sources.get(path)
    if (!source) return null
    const writtenAt = statSync(source).mtimeMs
    if (kept?.writtenAt === writtenAt) return kept.file
    const file = new PublicFile(source)
    this.#kept.set(path, { file, writtenAt })
    return file
  }

  /** Address of a file, with its hash. */
  address(name: string): string {
    const file = this.at(`/${name}`)
    if (!file) throw new Error(`There is no public file ${name}`)
    return `/${name}?v=${file.hash}`
  }

  /** Those at the top of the folder. */
  get stylesheets(): PublicFile[] {
    const paths = [...this.#sources.keys()].filter((path) => /^\/[\w-]+\.css$/.test(path))
    return paths.map((path) => this.at(path)!)
  }

  /** Compresses the files of the folder before they are asked for. */
  async prepare() {
    for (const name of namesIn(this.options.folder)) {
      for (const encoding of ENCODINGS) await this.at(`/${name}`)?.encoded(encoding)
    }
  }

  #list() {
    const { folder, others = {} } = this.options
    const own = namesIn(folder).map((name) => [`/${name}`, join(folder, name)] as const)
    return new Map([...own, ...Object.entries(others)])
  }
}

function namesIn(folder: string) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => statSync(join(folder, name)).isFile())
}
