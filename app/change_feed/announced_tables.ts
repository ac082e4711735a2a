/** The tables whose changes are announced. The connectors and `infra/postgres/primary.sh` name them too; a test compares. */
export const ANNOUNCED_TABLES = ['shops', 'products', 'search_names'] as const

/** Debezium's topic of each. */
export const TOPICS = ANNOUNCED_TABLES.map((table) => `kirana.public.${table}`)
