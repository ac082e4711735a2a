import { rowsWhere, type Chore } from '#housekeeping/chore'
import { unusedCities } from '#housekeeping/unused_cities'
import { unusedNames } from '#housekeeping/unused_names'
import { FOLLOWED_FOR as CART_FOLLOWED_FOR } from '#cart/cart_locks'
import { KEPT_FOR } from '#forms/kept_forms'
import { FOLLOWED_FOR } from '#sessions/left_session'

/** What is cleaned up, and when. Business records such as orders and khatas stay. */
export const chores: Chore[] = [
  rowsWhere('sessions', 'expires_at <= now()'),
  rowsWhere('left_sessions', `left_at <= now() - ${FOLLOWED_FOR}`),
  rowsWhere(
    'carts',
    `user_id IS NULL AND used_at <= now() - interval '30 days' OR left_at <= now() - ${CART_FOLLOWED_FOR}`
  ),
  rowsWhere('access_tokens', 'expires_at <= now()'),
  rowsWhere('form_submissions', `created_at < now() - interval '7 days'`),
  rowsWhere('import_drafts', 'expires_at <= now()'),
  rowsWhere('kept_forms', `created_at < now() - ${KEPT_FOR}`),
  rowsWhere('product_edits', `made_at < now() - interval '1 day'`),
  rowsWhere('price_changes', `made_at < now() - interval '7 days'`),
  /** That no server sends, because push was turned off. */
  rowsWhere('push_messages', `expires_at < now() - interval '1 hour'`),
  rowsWhere('change_traces', `noted_at < now() - interval '1 hour'`),
  rowsWhere('search_misses', 'day < current_date - 30'),
  rowsWhere('shop_holidays', 'day < current_date - 7'),
  /** Of killed processes. */
  rowsWhere('listeners', `confirmed_at < now() - interval '1 day'`),
  /** Left by killed processes: other locks are deleted on release. In milliseconds. */
  rowsWhere('locks', `expiration < extract(epoch FROM now() - interval '1 hour') * 1000`),
  /** Accepted invitations stay: they are the consent to the khata. */
  rowsWhere(
    'khata_invitations',
    `state <> 'accepted' AND coalesce(answered_at, expires_at) < now() - interval '90 days'`
  ),
  rowsWhere('khata_requests', `coalesce(answered_at, expires_at) < now() - interval '90 days'`),
  unusedNames,
  unusedCities,
]
