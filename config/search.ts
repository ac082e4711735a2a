export default {
  /** `embedded` searches in PostgreSQL itself. */
  engine: 'embedded' as const,
}
