import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import versions from '../versions.json' with { type: 'json' }

const MACHINES = '/usr/lib/jvm'

/** Debian packages for the Java programs of the stack; Maven downloads the programs. */
export const JAVA_PACKAGES = { [`openjdk-${versions.java}-jre-headless`]: 'java', maven: 'mvn' }

/** The required Java version, in preference to others on this machine. */
export function javaHome() {
  const names = existsSync(MACHINES) ? readdirSync(MACHINES).sort() : []
  const folders = names
    .filter((name) => name.startsWith(`java-${versions.java}-`))
    .map((name) => join(MACHINES, name))
  return [process.env.JAVA_HOME, ...folders].find(hasJava) ?? '/usr'
}

function hasJava(folder: string | undefined) {
  return folder !== undefined && existsSync(join(folder, 'bin/java'))
}
