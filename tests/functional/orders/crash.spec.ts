import env from '#start/env'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { crashContract } from './crash_contract.js'

crashContract('embedded', () => {
  return ApplicationProcess.start({
    DATABASE_URL: env.get('DATABASE_URL'),
    DATABASE_READ_URL: env.get('DATABASE_READ_URL'),
  })
})
