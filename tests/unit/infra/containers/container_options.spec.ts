import { test } from '@japa/runner'
import type { Service } from '#infra/containers/compose_file'
import { containerOptions } from '#infra/containers/container_options'
import { PROJECT_ROOT } from '#infra/project_root'

const options = (service: Partial<Service>) =>
  containerOptions({ image: 'image', ...service }, 'project')

test.group('A service as options of podman', () => {
  test('has its limits on rights', ({ assert }) => {
    const service = {
      read_only: true,
      cap_drop: ['ALL'],
      cap_add: ['CHOWN'],
      security_opt: ['no-new-privileges:true'],
    }
    assert.includeMembers(options(service), [
      ...['--read-only', '--read-only-tmpfs=false', '--cap-drop=ALL', '--cap-add=CHOWN'],
      '--security-opt=no-new-privileges',
    ])
    assert.notInclude(options({ read_only: false }), '--read-only')
  })

  test('has files of the project, and volumes of its own', ({ assert }) => {
    assert.includeMembers(options({ volumes: ['./infra/a.cfg:/etc/a.cfg:ro', 'data:/data'] }), [
      `--volume=${PROJECT_ROOT}/infra/a.cfg:/etc/a.cfg:ro`,
      '--volume=project_data:/data',
    ])
  })

  test('publishes its ports on this machine alone, each on a free one', ({ assert }) => {
    assert.includeMembers(options({ ports: ['127.0.0.1:5441:5432', '3333:3333'] }), [
      '--publish=127.0.0.1::5432',
      '--publish=127.0.0.1::3333',
    ])
  })

  test('has its health check, or none', ({ assert }) => {
    const check = { test: ['CMD', 'say', "it's"], interval: '2s', start_period: '120s' }
    assert.includeMembers(options({ healthcheck: check }), [
      `--health-cmd=CMD-SHELL 'say' 'it'\\''s'`,
      '--health-interval=2s',
      '--health-start-period=120s',
    ])
    const shell = { test: ['CMD-SHELL', 'one | other'] }
    assert.include(options({ healthcheck: shell }), '--health-cmd=CMD-SHELL one | other')
    assert.include(options({ healthcheck: { disable: true } }), '--no-healthcheck')
  })

  test('is stopped by the signal that it asks for', ({ assert }) => {
    assert.include(options({ stop_signal: 'SIGINT' }), '--stop-signal=SIGINT')
  })

  test('is refused when it says something that would be left out', ({ assert }) => {
    assert.throws(() => options({ privileged: true } as Partial<Service>), /privileged/)
  })
})
