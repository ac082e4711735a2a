import config from '@adonisjs/core/services/config'
import type { HttpRequest } from '@adonisjs/core/http'
import { isLocal, isLoopbackUrl } from '#services/local_request'

/**
 * Whether demo accounts, whose password is public, can be used by who sends this request: where `DEMO` says so, and
 * without it only on this machine, while it is the address of the marketplace as well.
 */
export function demoAccountsAreOpen({ request }: HttpRequest) {
  return config.get<boolean | undefined>('demo.open') ?? (isLoopbackSite() && isLocal(request))
}

/** Whether people are told to come to this machine alone. */
export function isLoopbackSite() {
  return isLoopbackUrl(config.get('app.appUrl'))
}
