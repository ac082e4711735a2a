/** Warns at the start of demo accounts that others could reach. A database that is away says so elsewhere. */
export async function warnOfDemoAccounts() {
  const { demoWarning } = await import('#demo/at_start')
  const warning = await demoWarning().catch(() => null)
  if (warning) console.error(`› Warning: ${warning}`)
}

/** How to log in for a try, where that is possible. */
export async function demoHint() {
  const { demoCanBeTried } = await import('#demo/at_start')
  const { DEMO_PASSWORD } = await import('#database/demo/options')
  const canBeTried = await demoCanBeTried().catch(() => false)
  return canBeTried ? ` (log in as "customer" or "owner", demo password ${DEMO_PASSWORD})` : ''
}
