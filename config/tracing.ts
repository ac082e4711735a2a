import env from '#start/env'

const endpoint =
  env.get('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? env.get('OTEL_EXPORTER_OTLP_ENDPOINT')

export default {
  /** The other `OTEL_*` variables are read by the OpenTelemetry packages. */
  isOn: Boolean(endpoint) && !env.get('OTEL_SDK_DISABLED'),
}
