import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

type Client = TransactionClientContract

/** How long a guest's cart that a login took can still be taken by a login that crosses it. */
export const FOLLOWED_FOR = `interval '60 seconds'`

/** Whose carts are meant: a user's, and those that the tokens lead to. */
export interface Holder {
  userId: string | null
  digests: string[]
}

export interface LockedCarts {
  /** The account's cart, or the guest's oldest. */
  main: string | null
  /** Carts to join with it. */
  others: string[]
  /** Tokens that lead to these carts. */
  digests: string[]
  /** A token has just been led to a cart that is not among these. */
  isMoved: boolean
}

const LOCK_OWN = `
  INSERT INTO carts (user_id) VALUES (?)
  ON CONFLICT (user_id) DO UPDATE SET left_to = carts.left_to RETURNING id`

const ANY_OF = 'hash = ANY(cast(:digests AS text[]))'
/** No login has taken it. */
export const STANDS = 'left_at IS NULL'
const MAY_BE_TAKEN = `(${STANDS} OR (left_at > now() - ${FOLLOWED_FOR} AND :userId <> ALL(left_to)))`

/**
 * Locks the holder's carts: the account's first, then guests' in the order of their ids, so that requests with the
 * same cookies wait for each other.
 */
export async function lockCarts(
  { userId, digests }: Holder,
  client: Client,
  { atLogin = false } = {}
): Promise<LockedCarts> {
  const own: string[] = userId ? [(await client.rawQuery(LOCK_OWN, [userId])).rows[0].id] : []
  if (digests.length === 0) {
    return { main: own[0] ?? null, others: [], digests: [], isMoved: false }
  }
  const bound = { userId: userId!, digests }
  const counts = atLogin ? MAY_BE_TAKEN : STANDS
  const { rows: locked } = await client.rawQuery(
    `SELECT id FROM carts WHERE id IN (SELECT cart_id FROM cart_tokens WHERE ${ANY_OF}) AND ${counts}
     ORDER BY id FOR UPDATE`,
    bound
  )
  const { rows: tokens } = await client.rawQuery(
    `SELECT hash, cart_id AS "cartId" FROM cart_tokens JOIN carts ON carts.id = cart_id
     WHERE ${ANY_OF} AND ${counts}`,
    bound
  )
  const ids: string[] = [...own, ...locked.map(({ id }: { id: string }) => id)]
  return {
    main: ids[0] ?? null,
    others: ids.slice(1),
    digests: tokens.map(({ hash }: { hash: string }) => hash),
    isMoved: tokens.some(({ cartId }: { cartId: string }) => !ids.includes(cartId)),
  }
}
