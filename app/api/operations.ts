import { ACCOUNTS } from '#api/operations/accounts'
import { ORDERS } from '#api/operations/orders'
import { PRODUCTS } from '#api/operations/products'
import { SEARCHES } from '#api/operations/searches'
import { SERVERS } from '#api/operations/servers'
import { SHOPS } from '#api/operations/shops'
import type { Operation, Operations } from '#api/operation'

const OPERATIONS: Operations = {
  ...ACCOUNTS,
  ...SHOPS,
  ...PRODUCTS,
  ...SEARCHES,
  ...ORDERS,
  ...SERVERS,
}

export function operationOf(route: string | undefined): Operation | undefined {
  return OPERATIONS[route ?? '']
}
