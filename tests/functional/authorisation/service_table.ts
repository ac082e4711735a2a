/** What is neither a page nor the API: for everybody, or for this machine and who has the token of `METRICS_TOKEN`. */
export const SERVICES: Record<string, 'everybody' | 'this machine'> = {
  'GET /health/live': 'everybody',
  'GET /health/ready': 'everybody',
  'GET /metrics': 'this machine',
  'GET /openapi.json': 'everybody',
}
