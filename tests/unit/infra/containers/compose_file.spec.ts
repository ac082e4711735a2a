import { test } from '@japa/runner'
import { readComposition } from '#infra/containers/compose_file'

const FILES = ['docker-compose.yml', 'infra/containers/stand_ins.yml']
const SECRETS = {
  APP_KEY: 'key',
  METRICS_TOKEN: 'metrics',
  POSTGRES_PASSWORD: 'admin',
  DATABASE_PASSWORD: 'application',
  REPLICATION_PASSWORD: 'standby',
  DEBEZIUM_PASSWORD: 'debezium',
  REDIS_PASSWORD: 'redis',
}

test.group('A Compose file', () => {
  const { services } = readComposition(FILES, SECRETS)

  test('its variables have values, defaults, or a complaint', ({ assert }) => {
    const { APP_URL: url, DEMO: demo, REDIS_URL: redis } = services.app.environment!
    assert.deepEqual(
      { url, demo, redis },
      { url: 'http://localhost:3333', demo: '', redis: 'redis://:redis@redis:6379/0' }
    )
    const without = { ...SECRETS, APP_KEY: '' }
    assert.throws(() => readComposition(FILES, without), /APP_KEY: run infra\/docker\/secrets.sh/)
  })

  test('a doubled dollar is one for the shell in the container', ({ assert }) => {
    assert.match(services.redis.command!.join(), /--requirepass "\$REDIS_PASSWORD"/)
  })

  test('a later file replaces what it names and keeps the rest', ({ assert }) => {
    const [official] = [readComposition(FILES.slice(0, 1), SECRETS).services]
    assert.notEqual(services.redpanda.image, official.redpanda.image)
    const { test: command, ...times } = services.redpanda.healthcheck!
    const { test: replaced, ...kept } = official.redpanda.healthcheck!
    assert.notDeepEqual(command, replaced)
    assert.deepEqual(times, kept)
    assert.deepEqual(services.redis, { ...official.redis, image: services.redis.image })
  })

  test('only images, one health check and what no package has are different', ({ assert }) => {
    const official = readComposition(FILES.slice(0, 1), SECRETS).services
    const different = Object.keys(official).flatMap((name) => {
      const keys = new Set([...Object.keys(official[name]), ...Object.keys(services[name])])
      return [...keys]
        .filter((key) => {
          const [one, other] = [official[name], services[name]].map((service) =>
            JSON.stringify(service[key as keyof typeof service])
          )
          return key !== 'image' && one !== other
        })
        .map((key) => `${name}.${key}`)
    })
    assert.sameMembers(different, ['redpanda.healthcheck', 'kibana.profiles'])
  })
})
