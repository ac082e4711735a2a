/** The rules of "Why each rule is needed" in docs/architecture.md, by the name that the table there has. */
export const RULES = [
  'a fill must reach the floor',
  'check and change are one step',
  'a miss asks `readAt` for the floor',
  'positions are read before the rows',
  'the feed waits for visibility before it samples',
  'strictly before on the primary',
  'past the next record on a replica',
  'settled readings for what a replica has shown',
  'each response has its own `seen` cookie',
  'the same connection',
  "the session's position is in the session",
  'an answer waits for the fence',
  'copies count only under a lease',
  'a cookie is left out only when all have passed',
  'a worker that missed a call begins with a gap',
  'confirm after handling',
  'entries count only while heartbeats come',
  'a gap raises all floors',
  'kept markup counts for its own objects only',
  'own pages are read where the last change is',
  'open pages are told after the fence',
  'a ready answer counts for its own entries only',
  'one fill for all who wait',
  'a limit on reads that fall back to the primary',
] as const

export type Rule = (typeof RULES)[number]
