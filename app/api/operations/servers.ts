import { serversSchema } from '#api/named_schemas'
import type { Operations } from '#api/operation'

export const SERVERS: Operations = {
  'api.database.show': {
    summary: 'The database servers in use, for admins',
    answer: { status: 200, description: 'The servers', schema: serversSchema },
  },
}
