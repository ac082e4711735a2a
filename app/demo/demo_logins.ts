import config from '@adonisjs/core/services/config'
import type { HttpRequest } from '@adonisjs/core/http'
import { isLocal, isLoopbackUrl } from '#security/local_request'

/**
 * Demo accounts have a public password, so they work only where `DEMO` allows it; when it is not set, only for
 * local requests while the site's own address is local.
 */
export function demoAccountsAreOpen({ request }: Pick<HttpRequest, 'request'>) {
  return config.get<boolean | undefined>('demo.open') ?? (isLoopbackSite() && isLocal(request))
}

/** Whether the site's address is on the loopback interface. */
export function isLoopbackSite() {
  return isLoopbackUrl(config.get('app.appUrl'))
}
