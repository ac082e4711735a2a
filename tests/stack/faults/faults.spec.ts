import { setTimeout as delay } from 'node:timers/promises'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { runSourceConnector } from '#tests/helpers/stack_source'
import { stack } from '#tests/helpers/stack'
import { FAULTS, happen } from './faults.js'
import { writeFaultReport, type FaultOutcome } from './fault_report.js'
import { Trade } from './trade.js'

const QUIET = 3_000
/** On a busy machine a Java program takes its time to start again. */
const PATIENCE = 90_000

test.group('With a fault in the stack', (group) => {
  let servers: ApplicationProcess[] = []
  let trade: Trade
  const outcomes: FaultOutcome[] = []

  group.tap((each) => each.timeout(4 * PATIENCE))

  const wellAgain = () =>
    eventually(async () => {
      const complaint = await trade.complaint()
      if (complaint) throw new Error(complaint)
    }, PATIENCE)

  group.setup(async () => {
    await emptyDatabase()
    await runSourceConnector()
    servers = await Promise.all([ApplicationProcess.start(), ApplicationProcess.start()])
    trade = await Trade.open(servers)
    return async () => {
      await Promise.all(servers.map((server) => server.stop()))
      if (outcomes.length > 0) writeFaultReport(outcomes)
    }
  })

  group.each.setup(async () => {
    trade.start()
    await wellAgain()
    return async () => {
      await trade.stop()
      await stack.up()
    }
  })

  for (const fault of FAULTS) {
    test(`${fault.name}: a customer and an owner go on, and nothing is lost`, async ({
      assert,
    }) => {
      const seen = trade.watch()
      await delay(QUIET)
      const { brokenAt, mendedAt } = await happen(fault, servers)
      await wellAgain()
      const recovery = performance.now() - mendedAt
      await trade.stop()
      const lost = await trade.lost()
      outcomes.push({ name: fault.name, outage: mendedAt - brokenAt, recovery, seen, lost })

      assert.deepEqual(seen.broken, [])
      assert.equal(lost, 0)
      if (!fault.shows) assert.deepEqual(seen.failures, [])
      assert.isAbove(seen.requests, 10)
    })
  }
})
