/** Warns at startup when demo accounts can be reached by others. Database outages are reported elsewhere. */
export async function warnOfDemoAccounts() {
  const { demoWarning } = await import('#demo/at_start')
  const warning = await demoWarning().catch(() => null)
  if (warning) console.error(`› Warning: ${warning}`)
}

/** Demo credentials for the start message, where they work. */
export async function demoHint() {
  const { demoCanBeTried } = await import('#demo/at_start')
  const { DEMO_PASSWORD } = await import('#database/demo/options')
  const canBeTried = await demoCanBeTried().catch(() => false)
  return canBeTried ? ` (log in as "customer" or "owner", demo password ${DEMO_PASSWORD})` : ''
}
