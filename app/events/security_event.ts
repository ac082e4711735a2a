import { BaseEvent } from '@adonisjs/core/events'
import type { HttpContext } from '@adonisjs/core/http'

/**
 * What the security log tells of each event, besides who, when and from where. Of people only their ids: never a
 * name that was typed, a password, or the id of a session or token. `account` is whom it is about.
 */
export interface SecurityFacts {
  'account.created': { account: string; role: string }
  'login.succeeded': { account: string; by: 'page' | 'token' }
  /** `account` is null when there is none of the name that was typed. */
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

/** Something that whoever looks after the marketplace wants to find in the security log. */
export default class SecurityEvent extends BaseEvent {
  readonly name: SecurityEventName
  readonly facts: object
  readonly time = new Date()
  /** As it was then: a logout forgets who it was. */
  readonly from

  /** @param told `ctx` is the request that caused it; without one it was an operator at the console */
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
