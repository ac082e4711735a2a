interface Group {
  /** Files to change, from the root of the project. */
  mutate: string[]
  /** Test files that have to notice it. */
  tests: string[]
  /** Whether they need the database: each process starts a cluster of its own. */
  hasDatabase?: boolean
}

/** What is tested by mutation, by the name for `npm run test:mutation -- <group>`. */
export const GROUPS: Record<string, Group> = {
  'positions': {
    mutate: ['app/replication/{passed,position,position_history,session_clock,transaction_id}.ts'],
    tests: [
      'tests/unit/replication/{passed,position,position_history,session_clock,transaction_id}.spec.ts',
    ],
  },
  'floors': {
    mutate: ['app/caches/{read_through,invalidate_caches}.ts'],
    tests: ['tests/unit/caches/{read_through,invalidate_caches}.spec.ts'],
  },
  'memory-cache': {
    mutate: ['app/caches/{memory_cache,parsed_values,single_flight,circuit_breaker}.ts'],
    tests: ['tests/unit/caches/{memory_cache,parsed_values,single_flight,circuit_breaker}.spec.ts'],
  },
  'order-states': {
    mutate: ['app/models/order_state.ts'],
    tests: ['tests/unit/models/order_state.spec.ts'],
  },
  'money': {
    mutate: [
      'app/locale/rupees.ts',
      'app/numbers/{amount,grouped}.ts',
      'app/measures/{line_total,tolerance}.ts',
      'app/models/price_adjustment.ts',
    ],
    tests: [
      'tests/unit/locale/rupees.spec.ts',
      'tests/unit/numbers/{numbers,properties}.spec.ts',
      'tests/unit/measures/{arithmetic,line_total,tolerance}.spec.ts',
      'tests/unit/models/price_adjustment.spec.ts',
    ],
  },
  'text': {
    mutate: ['app/text/*.ts', 'app/numbers/plain.ts'],
    tests: ['tests/unit/text/*.spec.ts', 'tests/unit/numbers/{numbers,properties}.spec.ts'],
  },
  'csv': {
    mutate: ['app/csv/!(import_*|read_list|read_records).ts'],
    tests: ['tests/unit/csv/!(read_list).spec.ts'],
  },
  'lists': {
    mutate: ['app/csv/{read_list,read_records}.ts'],
    tests: ['tests/unit/csv/read_list.spec.ts'],
  },
  'measures': {
    mutate: ['app/measures/!(line_total|tolerance).ts'],
    tests: ['tests/unit/measures/*.spec.ts'],
  },
  'khata': {
    mutate: [
      'app/models/khata.ts',
      'app/models/khata_{code,invitation,join,line,period,request,statement,turn}.ts',
    ],
    tests: [
      'tests/functional/models/{khata,khata_join}.spec.ts',
      'tests/functional/orders/khata.spec.ts',
    ],
    hasDatabase: true,
  },
}
