/** Extends the expiry by `:age` seconds, up to the maximum lifetime of a login. */
export const MOVE_END = `expires_at = least(now() + make_interval(secs => :age),
  CASE WHEN user_id IS NOT NULL THEN began_at + make_interval(secs => :longestLogin) END)`
