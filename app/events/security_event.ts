import { BaseEvent } from '@adonisjs/core/events'
import type { HttpContext } from '@adonisjs/core/http'

/**
 * Data of each event, in addition to user, time and address. People appear by id only: never a typed name, a
 * password, a session id or a token id. `account` is the subject of the event.
 */
export interface SecurityFacts {
  'account.created': { account: string; role: string }
  'login.succeeded': { account: string; by: 'page' | 'token' }
  /** `account` is null when the username does not exist. */
  'login.failed': { account: string | null; reason: string }
  'login.slowed': { account: string | null }
  'logged.out': { account: string | null }
  'password.changed': { account: string }
  'role.changed': { account: string; role: string }
  'account.blocked': { account: string }
  'account.unblocked': { account: string }
  'sessions.ended': { account: string; why: string }
  'token.issued': { account: string; admin: boolean }
  'token.refused': {}
  'token.revoked': { account: string }
  'tokens.revoked': { account: string; tokens: number }
  'limit.reached': { limit: number | string }
  'access.refused': { what: string; ids: string[] }
  'request.forged': { why: string }
  'command.executed': { command: string; options: string[]; failed: boolean }
}

export type SecurityEventName = keyof SecurityFacts

type Told = {
  [Name in SecurityEventName]: [name: Name, facts: SecurityFacts[Name], ctx?: HttpContext]
}[SecurityEventName]

/** Something operators look for in the security log. */
export default class SecurityEvent extends BaseEvent {
  readonly name: SecurityEventName
  readonly facts: object
  readonly time = new Date()
  /** Captured at creation: a logout clears the user. */
  readonly from

  /** @param told `ctx` is the request that caused it; absent for console commands */
  constructor(...told: Told) {
    super()
    const [name, facts, ctx] = told
    this.name = name
    this.facts = facts
    this.from = ctx ? requestOf(ctx) : operator()
  }
}

function requestOf({ auth, request, route }: HttpContext) {
  return {
    user: auth?.user?.id ?? null,
    address: request.ip(),
    request: request.id() ?? null,
    route: route?.name ?? null,
  }
}

function operator() {
  return { user: null, operator: process.env.SUDO_USER ?? process.env.USER ?? null }
}
