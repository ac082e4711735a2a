import { int, sql } from '#search/postgres/sql'
import { found, OF_LEAD, OF_LEAD_IN_CITY, oneOf } from '#search/postgres/statements/leads'
import type { Scope } from '#search/postgres/statements/hits'
import type { Lead } from '#search/postgres/names'

export interface SuggestedProduct {
  name: string
  nameHi: string | null
  category: string | null
  score: number
}

/** The names with products for sale, best first. */
export function productsSuggested(leads: Lead[], { cities, limit }: Scope) {
  return sql`
    SELECT lead.name, nullif(lead.detail, '') AS "nameHi", p.category, lead.score
    FROM (
      SELECT name, detail, wanted.city, score FROM ${found(leads)} CROSS JOIN ${oneOf(cities)}
      ORDER BY score DESC, name, detail, wanted.city
    ) AS lead
    CROSS JOIN LATERAL (
      SELECT p.category FROM products AS p
      WHERE ${cities ? OF_LEAD_IN_CITY : OF_LEAD} AND p.withdrawn_at IS NULL LIMIT 1
    ) AS p
    ORDER BY lead.score DESC, lead.name, lead.detail LIMIT ${int(limit)}`
}
