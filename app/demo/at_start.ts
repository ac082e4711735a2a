import config from '@adonisjs/core/services/config'
import env from '#start/env'
import { isLoopbackSite } from '#demo/demo_logins'
import { isLoopback } from '#security/local_request'
import User from '#models/user'

const REMEDY = 'Before you go public, remove them and their shops: node ace demo:remove'

const areOpenToAll = () => config.get('demo.open') === true

/** Whether demo accounts work for a browser on this machine. */
export async function demoCanBeTried() {
  const open = config.get<boolean | undefined>('demo.open') ?? isLoopbackSite()
  return open && (await countDemoAccounts()) > 0
}

/** Warning when demo accounts can be reached by others, otherwise null. */
export async function demoWarning() {
  const isReachable = !isLoopback(env.get('HOST')!) || !isLoopbackSite()
  if (!isReachable && !areOpenToAll()) return null
  const count = await countDemoAccounts()
  if (count === 0) return null
  if (areOpenToAll()) {
    return `Everyone who reaches this server can log in to its ${count} demo accounts (DEMO=true). ${REMEDY}`
  }
  const exception = isLoopbackSite() ? 'except on this machine' : 'unless DEMO=true is set'
  return `The database has ${count} demo accounts. Their logins are refused ${exception}. ${REMEDY}`
}

async function countDemoAccounts() {
  const [{ $extras: counted }] = await User.demo().count('* as accounts')
  return Number(counted.accounts)
}
