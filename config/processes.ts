import env from '#start/env'
import { role } from '#infra/cluster/role'

/** How many processes of this server answer requests. What protects the database is divided among them. */
export const processes = role() === 'alone' ? 1 : (env.get('WEB_CONCURRENCY') ?? 1)
