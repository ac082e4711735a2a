/**
 * Tables whose changes are announced. The connectors and `infra/postgres/primary.sh` repeat the list; a test
 * compares them.
 */
export const ANNOUNCED_TABLES = ['shops', 'products', 'search_names', 'cities'] as const

/** The Debezium topic of each. */
export const TOPICS = ANNOUNCED_TABLES.map((table) => `kirana.public.${table}`)

/** Tables whose rows belong to a shop; their topics can have several partitions. */
const BY_SHOP = ['shops', 'products']

/** Whether all records of a topic belong to a shop. */
export function isByShop(topic: string) {
  return BY_SHOP.some((table) => topic.endsWith(`.${table}`))
}
