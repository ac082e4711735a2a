import type { World } from './world.js'

export const VISITORS = ['guest', 'customer', 'otherCustomer', 'owner', 'otherOwner'] as const
export type Visitor = (typeof VISITORS)[number]

export const CALLERS = [
  'nobody',
  'customer',
  'otherCustomer',
  'owner',
  'otherOwner',
  'admin',
] as const
export type Caller = (typeof CALLERS)[number]

/** `ok` is the answer of the row; `login` leads to the login page, `home` to where the user begins. */
export type Outcome = 'ok' | 'login' | 'home' | 401 | 403 | 404

/** The things of the world that a path names are the customer's and the owner's, never the others'. */
export type PageRule = Record<Visitor, Outcome>
export type ApiRule = Record<Caller, Outcome>

export interface Row<Rule> {
  who: Rule
  ok: number
  /** What the form or the program sends. */
  sends?: (world: World) => URLSearchParams | Record<string, unknown>
  /** Ids that are not those that the world has for this name. */
  ids?: (world: World) => Record<string, string>
  /** Sessions or tokens of who asked may be gone afterwards. */
  ends?: true
}

const pages = (
  guest: Outcome,
  customer: Outcome,
  otherCustomer: Outcome,
  owner: Outcome,
  otherOwner: Outcome
): PageRule => ({ guest, customer, otherCustomer, owner, otherOwner })

export const everybody = pages('ok', 'ok', 'ok', 'ok', 'ok')
export const guests = pages('ok', 'home', 'home', 'home', 'home')
export const people = pages('login', 'ok', 'ok', 'ok', 'ok')
export const theCustomer = pages('login', 'ok', 404, 404, 404)
export const owners = pages('login', 404, 404, 'ok', 'ok')
export const theOwner = pages('login', 404, 404, 'ok', 404)

export type Sends = Row<PageRule>['sends']

export const shows = (who: PageRule): Row<PageRule> => ({ who, ok: 200 })
export const leadsOn = (who: PageRule, sends?: Sends): Row<PageRule> => ({ who, ok: 303, sends })

export const toThePrice = ({ order }: World) => ({
  amount: (order.totalPaise / 100).toFixed(2),
})

const calls = (
  nobody: Outcome,
  customer: Outcome,
  otherCustomer: Outcome,
  owner: Outcome,
  otherOwner: Outcome,
  admin: Outcome
): ApiRule => ({ nobody, customer, otherCustomer, owner, otherOwner, admin })

/** The admin's token is one of a customer. */
export const anyProgram = calls('ok', 'ok', 'ok', 'ok', 'ok', 'ok')
export const anyToken = calls(401, 'ok', 'ok', 'ok', 'ok', 'ok')
export const customersAndTheOwner = calls(401, 'ok', 'ok', 'ok', 404, 'ok')
export const itsCustomer = calls(401, 'ok', 404, 404, 404, 404)
export const itsCustomerAndOwner = calls(401, 'ok', 404, 'ok', 404, 404)
export const anyOwner = calls(401, 403, 403, 'ok', 'ok', 403)
export const itsOwner = calls(401, 403, 403, 'ok', 404, 403)
export const admins = calls(401, 403, 403, 403, 403, 'ok')
