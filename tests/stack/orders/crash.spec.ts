import { ApplicationProcess } from '#tests/helpers/application_process'
import { crashContract } from '#tests/functional/orders/crash_contract'

crashContract('on the stack', () => ApplicationProcess.start())
