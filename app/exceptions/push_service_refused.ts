import { Exception } from '@adonisjs/core/exceptions'

/** Not a known push service, or not at a public address: nothing is sent there. */
export class PushServiceRefused extends Exception {
  static code = 'E_PUSH_SERVICE_REFUSED'

  constructor(host: string) {
    super(`Nothing is sent to ${host}: not a push service at a public address`)
  }
}
