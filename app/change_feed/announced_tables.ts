/**
 * Tables whose changes are announced. The connectors and `infra/postgres/primary.sh` repeat the list; a test
 * compares them.
 */
export const ANNOUNCED_TABLES = ['shops', 'products', 'search_names', 'cities'] as const

/** The Debezium topic of each. */
export const TOPICS = ANNOUNCED_TABLES.map((table) => `kirana.public.${table}`)

/** Where a row says which shop it belongs to, by table; the topics of these can have several partitions. */
export const SHOP_ID = { shops: 'id', products: 'shop_id' }

/** Whether all records of a topic belong to a shop. */
export function isByShop(topic: string) {
  return Object.keys(SHOP_ID).some((table) => topic.endsWith(`.${table}`))
}
