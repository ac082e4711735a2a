import { ApplicationProcess } from '#tests/helpers/application_process'
import { traceContract } from '#tests/functional/tracing/trace_contract'
import { runSourceConnector } from '#tests/helpers/stack_source'

traceContract(
  'through Debezium and Kafka',
  async (env) => {
    await runSourceConnector()
    return ApplicationProcess.start(env)
  },
  { system: 'kafka', floors: 1 }
)
