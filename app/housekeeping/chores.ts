import { rowsWhere, type Chore } from '#housekeeping/chore'
import { unusedNames } from '#housekeeping/unused_names'
import { FOLLOWED_FOR } from '#sessions/left_session'

/** What is removed, and when. Rows of business, such as orders and khatas, stay. */
export const chores: Chore[] = [
  rowsWhere('sessions', 'expires_at <= now()'),
  rowsWhere('left_sessions', `left_at <= now() - ${FOLLOWED_FOR}`),
  rowsWhere('access_tokens', 'expires_at <= now()'),
  rowsWhere('form_submissions', `created_at < now() - interval '7 days'`),
  rowsWhere('search_misses', 'day < current_date - 30'),
  /** Of a process that was killed: the others are deleted when they are given back. In milliseconds. */
  rowsWhere('locks', `expiration < extract(epoch FROM now() - interval '1 hour') * 1000`),
  /** An accepted one is the consent that its khata rests on. */
  rowsWhere(
    'khata_invitations',
    `state <> 'accepted' AND coalesce(answered_at, expires_at) < now() - interval '90 days'`
  ),
  unusedNames,
]
