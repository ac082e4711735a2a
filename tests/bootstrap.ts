import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import testUtils from '@adonisjs/core/services/test_utils'
import { assert } from '@japa/assert'
import { browserClient } from '@japa/browser-client'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config } from '@japa/runner/types'
import { migrate } from '#database/prepare'
import { runChangeFeed } from '#tests/helpers/change_feed'
import { allowManyOrders } from '#tests/helpers/open_orders'
import { announcedServer, hearAnnouncements } from '#tests/helpers/announcements'
import { riskLosingData } from '#tests/helpers/database'
import { launchChromium } from '#tests/helpers/chromium'
import { failForUncaught } from '#tests/helpers/uncaught_errors'

export const plugins: Config['plugins'] = [
  assert(),
  pluginAdonisJS(app),
  browserClient({ runInSuites: ['browser', 'screenshots'], launcher: launchChromium }),
]

export const runnerHooks: Required<Pick<Config, 'setup'>> = {
  setup: [() => riskLosingData(), () => migrate(app)],
}

export const configureSuite: Config['configureSuite'] = (suite) => {
  if (suite.name === 'browser') failForUncaught(suite)
  /** They render pages without a server, which would do that. */
  if (['consistency', 'stack'].includes(suite.name)) suite.setup(() => router.commit())
  if (['functional', 'browser', 'screenshots', 'security'].includes(suite.name)) {
    suite.setup(() => testUtils.httpServer().start(announcedServer))
    suite.setup(() => allowManyOrders())
    suite.setup(() => runChangeFeed())
    suite.setup(() => hearAnnouncements())
  }
}
