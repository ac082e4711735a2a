'use strict'

/*
 * Runs before `npm start`, `npm run dev` and `npm test`, on any Node version and without packages: installs
 * packages according to package-lock.json, ensures Node 24, and writes `.env`. Takes a few milliseconds when
 * everything is up to date.
 *
 * Uses old syntax, so that an old Node can say that it is too old.
 */

const childProcess = require('child_process')
const crypto = require('crypto')
const fs = require('fs')
const path = require('path')

const OLDEST_NODE = 20
const NEEDED_NODE = 24
const TICK_MS = 5000
const STALE_MS = 20000
const INTERRUPTED = -1

const root = path.join(__dirname, '..')
const modules = path.join(root, 'node_modules')
const stampFile = path.join(modules, '.package-lock.sha256')
const packagedNode = path.join(modules, '.bin', 'node')
const installLock = path.join(root, 'tmp', 'install.lock')

const runningNode = Number(process.versions.node.split('.')[0])

async function main() {
  endWithNpm()
  refuseUnsupported()
  await ensurePackages()
  ensureNode()
  ensureEnvironment()
}

function refuseUnsupported() {
  if (runningNode < OLDEST_NODE) {
    throw new Refusal(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer from https://nodejs.org`
    )
  }
  if (process.platform === 'win32') {
    throw new Refusal(
      'Windows is not supported: use WSL 2 (https://learn.microsoft.com/windows/wsl)'
    )
  }
}

/** npm does not tell its scripts when it dies of SIGHUP; see `infra/ending.ts`. */
function endWithNpm() {
  const npm = Number(process.env.NPM_PID)
  if (!npm) return
  const timer = setInterval(function () {
    if (process.ppid === npm) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGHUP')
  }, 250)
  timer.unref()
}

/* ---- packages ---- */

async function ensurePackages() {
  const lock = readLock()
  if (hasStamp(lock)) return
  if (!isInstalled(lock)) {
    await withInstallLock(async function () {
      if (!hasStamp(lock)) await install(lock)
    })
  }
  try {
    fs.writeFileSync(stampFile, stamps(lock)[0])
    if (!runs(packagedNode)) fs.rmSync(packagedNode, { force: true })
  } catch (error) {
    // Packages installed by another user, as in a container image, are fine.
    if (['EACCES', 'EPERM', 'EROFS'].indexOf(error.code) === -1) throw error
  }
}

function readLock() {
  const text = read(path.join(root, 'package-lock.json'))
  if (text === null) {
    throw new Refusal(
      'package-lock.json is missing: restore it with `git checkout package-lock.json`'
    )
  }
  return { text: text, packages: JSON.parse.bind(JSON, text) }
}

/** The stamp to write, followed by other acceptable ones. */
function stamps(lock) {
  return omitsDevelopment()
    ? [stampOf(lock, 'runtime'), stampOf(lock, 'all')]
    : [stampOf(lock, 'all')]
}

function stampOf(lock, extent) {
  const hash = crypto.createHash('sha256').update(lock.text).digest('hex')
  return `${hash} ${process.platform}-${process.arch} ${extent}\n`
}

function hasStamp(lock) {
  return stamps(lock).indexOf(read(stampFile)) !== -1
}

/** `--omit=dev`: production dependencies only, unless development packages are installed. */
function omitsDevelopment() {
  if (/\bdev\b/.test(process.env.npm_config_omit || '')) return true
  if (process.env.NODE_ENV === 'production') return true
  const isComplete = / all\n$/.test(read(stampFile) || '')
  return process.argv.indexOf('--omit=dev') !== -1 && !isComplete
}

/** Whether these packages were already installed with npm. */
function isInstalled(lock) {
  const record = read(path.join(modules, '.package-lock.json'))
  if (record === null) return false
  const wanted = lock.packages().packages
  const installed = JSON.parse(record).packages
  return Object.keys(wanted).every(function (place) {
    if (place === '') return true
    const there = installed[place]
    if (!there) return !isNeeded(wanted[place])
    const isSame = there.version === wanted[place].version
    return isSame && fs.existsSync(path.join(root, place))
  })
}

function isNeeded(entry) {
  if (entry.dev && omitsDevelopment()) return false
  return includes(entry.os, process.platform) && includes(entry.cpu, process.arch) && !entry.libc
}

function includes(list, value) {
  return !list || list.indexOf(value) !== -1
}

async function install(lock) {
  const wanted = lock.packages().packages
  const places = Object.keys(wanted).filter((place) => place !== '' && isNeeded(wanted[place]))
  console.log(`Installing ${places.length} packages, once; this may take a minute`)

  const startedAt = Date.now()
  const ticker = setInterval(function () {
    fs.utimesSync(installLock, new Date(), new Date())
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    const done = places.filter((place) => fs.existsSync(path.join(root, place, 'package.json')))
    console.log(`  ${seconds} s: ${done.length} of ${places.length} packages`)
  }, TICK_MS)
  const code = await runNpm(installCommand(lock))
  clearInterval(ticker)

  if (code === INTERRUPTED) throw new Refusal('Stopped before all packages were installed')
  if (code !== 0) {
    throw new Refusal(
      'The packages could not be installed (see above): fix the cause, or run `npm ci` yourself'
    )
  }
}

/** `npm ci` starts from scratch, so missing development packages are added instead. */
function installCommand(lock) {
  const isExtension = read(stampFile) === stampOf(lock, 'runtime')
  return (isExtension ? ['install', '--no-save'] : ['ci']).concat(
    omitsDevelopment() ? '--omit=dev' : '--include=dev',
    ...['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--no-progress'],
    '--loglevel=error'
  )
}

/** Resolves with the exit code. No install scripts are needed; not every npm runs them. */
function runNpm(parameters) {
  const npm = process.env.npm_execpath
  const isNpm = npm && /npm-cli\.c?js$/.test(npm)
  // Not the Node in node_modules, which is about to be replaced.
  const node = process.env.npm_node_execpath || process.execPath
  const command = isNpm ? node : 'npm'
  return new Promise(function (resolve, reject) {
    const child = childProcess.spawn(command, (isNpm ? [npm] : []).concat(parameters), {
      cwd: root,
      env: npmEnvironment(),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    let isInterrupted = false
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const interrupt = function (signal) {
      isInterrupted = true
      child.kill(signal)
    }
    for (const signal of signals) process.on(signal, interrupt)
    child.once('error', reject)
    child.once('exit', function (code) {
      for (const signal of signals) process.removeListener(signal, interrupt)
      resolve(isInterrupted ? INTERRUPTED : code)
    })
  })
}

function npmEnvironment() {
  const unwanted =
    /^npm_(lifecycle_|package_|config_(dry_run|package_lock_only|workspaces?|global|location|local_prefix)$)/i
  return Object.keys(process.env).reduce(function (env, name) {
    if (!unwanted.test(name)) env[name] = process.env[name]
    return env
  }, {})
}

/** Prevents concurrent commands from installing at the same time. */
async function withInstallLock(task) {
  fs.mkdirSync(path.dirname(installLock), { recursive: true })
  let isAnnounced = false
  while (!takeInstallLock()) {
    if (!isAnnounced) console.log('Waiting for another process that installs the packages')
    isAnnounced = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  try {
    await task()
  } finally {
    fs.rmSync(installLock, { force: true })
  }
}

function takeInstallLock() {
  try {
    fs.writeFileSync(installLock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (isStale(installLock)) fs.rmSync(installLock, { force: true })
  return false
}

/** The owner of a lock touches it at every tick. */
function isStale(lock) {
  const stat = fs.statSync(lock, { throwIfNoEntry: false })
  const owner = Number(read(lock))
  return Boolean(stat) && (Date.now() - stat.mtimeMs > STALE_MS || (owner > 0 && !isAlive(owner)))
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/* ---- Node ---- */

/** npm puts node_modules/.bin first on the PATH of scripts, so a Node installed as a package is used. */
function ensureNode() {
  if (runningNode >= NEEDED_NODE || runs(packagedNode)) return
  const platform = `${process.platform}-${process.arch}`
  throw new Refusal(
    `Node ${process.versions.node} is too old and no Node ${NEEDED_NODE} is packaged for ${platform}: install Node ${NEEDED_NODE} from https://nodejs.org`
  )
}

function runs(program) {
  const result = childProcess.spawnSync(program, ['--version'], { encoding: 'utf8' })
  const version = /^v(\d+)\./.exec(result.stdout || '')
  return version !== null && Number(version[1]) >= NEEDED_NODE
}

/* ---- environment ---- */

function ensureEnvironment() {
  const file = path.join(root, '.env')
  if (process.env.APP_KEY || fs.existsSync(file)) return
  const example = read(path.join(root, '.env.example'))
  if (example === null) return

  const key = crypto.randomBytes(24).toString('base64').replace(/\+/g, '-').replace(/\//g, '_')
  const text = /^APP_KEY=/m.test(example) ? example : `${example}\nAPP_KEY=\n`
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, text.replace(/^APP_KEY=.*$/m, `APP_KEY=${key}`), { mode: 0o600 })
  try {
    // If two processes get here concurrently, the first key wins.
    fs.linkSync(draft, file)
    console.log('Wrote .env with a new APP_KEY')
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  } finally {
    fs.unlinkSync(draft)
  }
}

/* ---- */

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  }
}

/** An error explained by one line. */
function Refusal(message) {
  this.message = message
}

main().catch(function (error) {
  if (error instanceof Refusal) console.error(error.message)
  else console.error(`${root} cannot be made ready: ${error.message}`)
  process.exit(1)
})
